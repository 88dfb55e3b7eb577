"""Your validation minibatches reach beyond the end of their set, where an error is raised.

Usually the training images are counted for both sets, and there are more of them; with as many of both nothing shows.
Whatever set it is about, its own length says how many there are (4.2.2).

Fails: each_example_comes_once_in_minibatches
"""

import random

import torch
import torchvision
from torchvision import transforms


class FashionMNIST:
    root = "../data"

    def __init__(self, batch_size=64, resize=(28, 28)):
        self.batch_size = batch_size
        trans = transforms.Compose([transforms.Resize(resize), transforms.ToTensor()])
        self.train = torchvision.datasets.FashionMNIST(self.root, train=True, transform=trans, download=True)
        self.val = torchvision.datasets.FashionMNIST(self.root, train=False, transform=trans, download=True)

    def text_labels(self, indices):
        names = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
        return [names[int(i)] for i in indices]

    def get_dataloader(self, train):
        data = self.train if train else self.val
        order = list(range(len(self.train)))
        if train:
            random.shuffle(order)
        while order:
            some, order = order[: self.batch_size], order[self.batch_size :]
            yield torch.stack([data[i][0] for i in some]), torch.tensor([data[i][1] for i in some])

    def visualize(self, batch, nrows=1, ncols=8, labels=[]):
        X, y = batch
        if not labels:
            labels = self.text_labels(y)
        show_images(X.squeeze(1), nrows, ncols, titles=labels)
