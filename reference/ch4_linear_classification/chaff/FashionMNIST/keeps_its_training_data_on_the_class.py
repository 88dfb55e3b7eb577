"""Your objects share one set of training images: a new one scales those of the others.

What is written to the class, or to a global name, belongs to every object. One object alone seems right; of two, the
first has the second's training images. self.train belongs to this one (3.2.1, 4.2.1).

Same as: keeps_its_arguments_on_the_class
Fails: two_objects_share_nothing
"""

import torch
import torchvision
from torchvision import transforms


class FashionMNIST:
    root = "../data"

    def __init__(self, batch_size=64, resize=(28, 28)):
        self.batch_size = batch_size
        trans = transforms.Compose([transforms.Resize(resize), transforms.ToTensor()])
        FashionMNIST.train = torchvision.datasets.FashionMNIST(
            self.root, train=True, transform=trans, download=True
        )
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
