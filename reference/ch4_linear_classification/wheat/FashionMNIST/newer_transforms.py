"""A dataclass with torchvision's newer transforms, which scales tensors, and draws with matshow."""

from dataclasses import dataclass

import torch
import torchvision
import matplotlib.pyplot as plt
from torchvision.transforms import v2


@dataclass
class FashionMNIST:
    batch_size: int = 64
    resize: tuple = (28, 28)
    root: str = "../data"
    num_workers: int = 2

    def __post_init__(self):
        t = v2.Compose([v2.ToImage(), v2.Resize(self.resize), v2.ToDtype(torch.float32, scale=True)])
        self.train, self.val = [
            torchvision.datasets.FashionMNIST(self.root, train=b, download=True, transform=t)
            for b in (True, False)
        ]

    @staticmethod
    def text_labels(indices):
        c = torchvision.datasets.FashionMNIST.classes
        return [c[i].lower() for i in indices]

    def get_dataloader(self, train):
        return torch.utils.data.DataLoader(
            (self.val, self.train)[train],
            self.batch_size,
            train,
            num_workers=self.num_workers,
            persistent_workers=True,
            pin_memory=True,
        )

    def visualize(self, batch, nrows=1, ncols=8, labels=[]):
        fig, axs = plt.subplots(nrows, ncols)
        for i, ax in enumerate(axs.ravel()[: len(batch[0])]):
            ax.matshow(batch[0][i, 0])
            ax.set_axis_off()
            ax.set_title((labels or self.text_labels(batch[1]))[i], loc="left")
