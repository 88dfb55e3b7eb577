"""Your object has no root, which says in what folder its images lie.

Whoever keeps them elsewhere can't say so. root is an attribute, of the object or of its class; both sets follow it
(4.2.1).

Fails: it_looks_below_its_root
"""

import torch
import torchvision
from torchvision import transforms


class FashionMNIST:
    def __init__(self, batch_size=64, resize=(28, 28)):
        self.batch_size = batch_size
        trans = transforms.Compose([transforms.Resize(resize), transforms.ToTensor()])
        self.train = torchvision.datasets.FashionMNIST("../data", train=True, transform=trans, download=True)
        self.val = torchvision.datasets.FashionMNIST("../data", train=False, transform=trans, download=True)

    def text_labels(self, indices):
        names = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
        return [names[int(i)] for i in indices]

    def get_dataloader(self, train):
        data = self.train if train else self.val
        return torch.utils.data.DataLoader(data, self.batch_size, shuffle=train)

    def visualize(self, batch, nrows=1, ncols=8, labels=[]):
        X, y = batch
        show_images(X.squeeze(1), nrows, ncols, titles=labels or self.text_labels(y))
