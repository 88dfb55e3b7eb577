"""The labels of your minibatches are bytes (uint8), where int64 is wanted.

A data set that reads its labels with NumPy may return them like that, and a DataLoader keeps their dtype. But torch takes
bytes that are used as an index for a mask: y_hat[range(n), y] raises an error or picks other numbers. int(label) in
__getitem__ is enough (4.1.2, 4.2.2).

Fails: each_example_comes_once_in_minibatches
"""

import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset
from torchvision import datasets


class FashionMNIST:
    root = "../data"

    def __init__(self, batch_size=64, resize=(28, 28)):
        self.batch_size = batch_size
        self.train, self.val = (self.tensors(train, resize) for train in (True, False))

    def tensors(self, train, resize):
        raw = datasets.FashionMNIST(self.root, train=train, download=True)
        images = torch.nn.functional.interpolate(raw.data.unsqueeze(1) / 255, size=resize)
        return TensorDataset(images, torch.from_numpy(raw.targets.numpy().astype(np.uint8)))

    def text_labels(self, indices):
        names = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
        return [names[int(i)] for i in indices]

    def get_dataloader(self, train):
        return DataLoader(self.train if train else self.val, self.batch_size, shuffle=train)

    def visualize(self, batch, nrows=1, ncols=8, labels=[]):
        X, y = batch
        show_images(X.squeeze(1), nrows, ncols, titles=labels or self.text_labels(y))
