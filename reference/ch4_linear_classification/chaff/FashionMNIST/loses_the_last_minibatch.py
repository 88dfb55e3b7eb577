"""You leave out what remains when the examples don't fill a last minibatch.

With drop_last=True, for example, all minibatches have the same size. But then each epoch misses some of the
training examples, and some may never count in validation: a last, smaller minibatch is right (4.2.2).

Fails: each_example_comes_once_in_minibatches
"""

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
        return torch.utils.data.DataLoader(data, self.batch_size, shuffle=train, drop_last=True)

    def visualize(self, batch, nrows=1, ncols=8, labels=[]):
        X, y = batch
        if not labels:
            labels = self.text_labels(y)
        show_images(X.squeeze(1), nrows, ncols, titles=labels)
