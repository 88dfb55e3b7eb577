"""Reads all images at once, scales them as tensors, and keeps them in a TensorDataset."""

import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset
from torchvision import datasets


class FashionMNIST:
    root = "../data"
    NAMES = {0: "t-shirt", 1: "trouser", 2: "pullover", 3: "dress", 4: "coat",
             5: "sandal", 6: "shirt", 7: "sneaker", 8: "bag", 9: "ankle boot"}

    def __init__(self, batch_size=64, resize=(28, 28)):
        self.batch_size, self.resize = batch_size, tuple(resize)
        self.train = self._read(True)
        self.val = self._read(False)

    def _read(self, train):
        raw = datasets.FashionMNIST(self.root, train, download=True)
        images = raw.data.unsqueeze(1).float() / 255
        if self.resize != (28, 28):
            images = F.interpolate(images, size=self.resize, mode="bilinear")
        return TensorDataset(images, raw.targets)

    def text_labels(self, indices):
        return tuple(map(self.NAMES.get, indices.tolist()))

    def get_dataloader(self, train):
        if train:
            return DataLoader(self.train, batch_size=self.batch_size, shuffle=True, drop_last=False)
        return DataLoader(self.val, batch_size=self.batch_size)

    def visualize(self, batch, nrows=1, ncols=8, labels=()):
        images, targets = batch
        count = nrows * ncols
        titles = list(labels)[:count] or self.text_labels(targets[:count])
        show_images(list(images[:count, 0]), nrows, ncols, titles)
