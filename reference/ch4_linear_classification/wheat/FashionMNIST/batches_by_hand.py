"""Goes through the examples by itself, with the names that torchvision knows, and draws by itself."""

import random
from pathlib import Path

import torch
from matplotlib import pyplot as plt
from torchvision import datasets, transforms


class FashionMNIST:
    def __init__(self, batch_size=64, resize=(28, 28)):
        self.root = Path("./data")
        self.batch_size = batch_size
        nearest = transforms.Resize(resize, interpolation=transforms.InterpolationMode.NEAREST)
        transform = transforms.Compose([transforms.ToTensor(), nearest])
        self.train = datasets.FashionMNIST(root=self.root, train=True, transform=transform, download=True)
        self.val = datasets.FashionMNIST(root=self.root, train=False, transform=transform, download=True)

    def text_labels(self, indices):
        return [self.train.classes[i] for i in indices]

    def get_dataloader(self, train):
        data = self.train if train else self.val
        order = list(range(len(data)))
        if train:
            random.shuffle(order)
        while order:
            some, order = order[: self.batch_size], order[self.batch_size :]
            yield torch.stack([data[i][0] for i in some]), torch.tensor([data[i][1] for i in some])

    def visualize(self, batch, nrows=1, ncols=8, labels=[]):
        X, y = batch
        fig = plt.figure(figsize=(2 * ncols, 2 * nrows))
        for i in range(min(len(X), nrows * ncols)):
            ax = fig.add_subplot(nrows, ncols, i + 1)
            ax.imshow(X[i].permute(1, 2, 0), cmap="gray")
            ax.set_title(labels[i] if labels else self.train.classes[y[i]])
            ax.axis("off")
        plt.show()
