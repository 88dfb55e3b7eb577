"""One of your arguments has another name than in the contract, and whoever gives it by name gets a TypeError.

By position it works. But the names of arguments are part of what a class promises: batch_size and resize. The book
makes its data by FashionMNIST(resize=(32, 32)) (4.2.1).

Fails: it_scales_every_image
"""

import torch
import torchvision
from torchvision import transforms


class FashionMNIST:
    root = "../data"

    def __init__(self, batch_size=64, size=(28, 28)):
        self.batch_size = batch_size
        trans = transforms.Compose([transforms.Resize(size), transforms.ToTensor()])
        self.train = torchvision.datasets.FashionMNIST(self.root, train=True, transform=trans, download=True)
        self.val = torchvision.datasets.FashionMNIST(self.root, train=False, transform=trans, download=True)

    def text_labels(self, indices):
        names = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
        return [names[int(i)] for i in indices]

    def get_dataloader(self, train):
        data = self.train if train else self.val
        return torch.utils.data.DataLoader(data, self.batch_size, shuffle=train)

    def visualize(self, batch, nrows=1, ncols=8, labels=[]):
        X, y = batch
        if not labels:
            labels = self.text_labels(y)
        show_images(X.squeeze(1), nrows, ncols, titles=labels)
