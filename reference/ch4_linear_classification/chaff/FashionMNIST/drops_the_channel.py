"""Your images have the shape (height, width), without the axis of the channel.

It has length 1 because the images are gray, and seems of no use. But convolutional layers, for example, expect (n,
channels, height, width), and so each image must be (1, height, width) (4.2.1).

Fails: right_shape
"""

import torch
import torchvision
from torchvision import transforms


class FashionMNIST:
    root = "../data"

    def __init__(self, batch_size=64, resize=(28, 28)):
        self.batch_size = batch_size
        trans = transforms.Compose(
            [transforms.Resize(resize), transforms.ToTensor(), transforms.Lambda(lambda x: x.squeeze(0))]
        )
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
