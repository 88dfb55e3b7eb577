"""The labels of your minibatches are a column, (batch_size, 1), instead of (batch_size,).

Compared with predictions (batch_size,), a column broadcasts to a whole table: an accuracy that is computed so is
nonsense, without any error. One number for each image, along one axis (4.2.2, 4.3.2).

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
        def collate(examples):
            return torch.stack([x for x, _ in examples]), torch.tensor([[y] for _, y in examples])

        data = self.train if train else self.val
        return torch.utils.data.DataLoader(data, self.batch_size, shuffle=train, collate_fn=collate)

    def visualize(self, batch, nrows=1, ncols=8, labels=[]):
        X, y = batch
        if not labels:
            labels = self.text_labels(y)
        show_images(X.squeeze(1), nrows, ncols, titles=labels)
