"""Unpacks the files itself, without torchvision, into a data set of its own."""

import os

import numpy as np
import torch
from torch.utils.data import BatchSampler, DataLoader, Dataset, RandomSampler, SequentialSampler


class Clothes(Dataset):
    def __init__(self, root, name, resize):
        folder = os.path.join(root, "FashionMNIST", "raw")
        pixels = np.fromfile(os.path.join(folder, name + "-images-idx3-ubyte"), np.uint8)[16:]
        self.images = pixels.reshape(-1, 28, 28)
        self.labels = np.fromfile(os.path.join(folder, name + "-labels-idx1-ubyte"), np.uint8)[8:]
        self.resize = resize

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        height, width = self.resize
        rows = np.arange(height) * 28 // height
        cols = np.arange(width) * 28 // width
        image = self.images[i][rows][:, cols]
        return torch.tensor(image[None] * np.float32(1 / 255)), int(self.labels[i])


class FashionMNIST:
    root = "../data"

    def __init__(self, batch_size=64, resize=(28, 28)):
        self.batch_size = batch_size
        self.train = Clothes(self.root, "train", resize)
        self.val = Clothes(self.root, "t10k", resize)

    def text_labels(self, indices):
        words = "T-shirt,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle-boot".split(",")
        for i in indices:
            yield words[i]

    def get_dataloader(self, train):
        data = self.train if train else self.val
        sampler = RandomSampler(data) if train else SequentialSampler(data)
        return DataLoader(data, batch_sampler=BatchSampler(sampler, self.batch_size, drop_last=False))

    def visualize(self, batch, nrows=1, ncols=8, labels=None):
        X, y = batch
        titles = labels if labels else list(self.text_labels(y))
        show_images([x.reshape(x.shape[-2:]) for x in X][: nrows * ncols], nrows, ncols, titles=titles)
