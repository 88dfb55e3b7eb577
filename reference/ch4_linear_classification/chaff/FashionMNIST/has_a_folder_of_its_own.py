"""You name a folder to torchvision that isn't self.root.

Whoever keeps the images elsewhere sets root, and expects that both sets follow. In another folder they may be
missing, and are downloaded again. Hand on self.root (4.2.1).

Fails: it_looks_below_its_root
"""

import torch
import torchvision
from torchvision import transforms


class FashionMNIST:
    root = "../data"

    def __init__(self, batch_size=64, resize=(28, 28)):
        self.batch_size = batch_size
        trans = transforms.Compose([transforms.Resize(resize), transforms.ToTensor()])
        self.train = torchvision.datasets.FashionMNIST("./my_data", train=True, transform=trans, download=True)
        self.val = torchvision.datasets.FashionMNIST("./my_data", train=False, transform=trans, download=True)

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
