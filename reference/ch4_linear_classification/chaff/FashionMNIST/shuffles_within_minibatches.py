"""Your training examples change places only with those of the same minibatch.

The order looks random, but the same examples share a minibatch in each epoch, as they stand in the files. The whole
set is shuffled, before it is cut into minibatches: shuffle=True does that (4.2.2).

Fails: only_training_data_is_shuffled
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
        def collate(examples):
            if train:
                random.shuffle(examples)
            return torch.utils.data.default_collate(examples)

        data = self.train if train else self.val
        return torch.utils.data.DataLoader(data, self.batch_size, collate_fn=collate)

    def visualize(self, batch, nrows=1, ncols=8, labels=[]):
        X, y = batch
        if not labels:
            labels = self.text_labels(y)
        show_images(X.squeeze(1), nrows, ncols, titles=labels)
