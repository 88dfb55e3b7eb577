"""Your training examples come in one random order, the same in each pass.

Perhaps they are shuffled once, when the data are loaded. Then all epochs have the same order, and the same examples
share a minibatch each time. DataLoader's shuffle=True draws a new order for each pass (4.2.2).

Fails: only_training_data_is_shuffled
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
        self.order = torch.randperm(len(self.train)).tolist()

    def text_labels(self, indices):
        names = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
        return [names[int(i)] for i in indices]

    def get_dataloader(self, train):
        data = torch.utils.data.Subset(self.train, self.order) if train else self.val
        return torch.utils.data.DataLoader(data, self.batch_size)

    def visualize(self, batch, nrows=1, ncols=8, labels=[]):
        X, y = batch
        if not labels:
            labels = self.text_labels(y)
        show_images(X.squeeze(1), nrows, ncols, titles=labels)
