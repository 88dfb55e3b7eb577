"""With fewer images than places in the grid, your visualize raises an error.

Usually an image is looked for in each place. But the last minibatch of a set may be smaller than the grid. Draw
what there is, and leave the other places empty: zip ends with the shorter of two (4.2.3).

Fails: visualize_shows_images_under_their_names
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
        return torch.utils.data.DataLoader(data, self.batch_size, shuffle=train)

    def visualize(self, batch, nrows=1, ncols=8, labels=[]):
        X, y = batch
        names = labels or self.text_labels(y)
        images = [X[i, 0] for i in range(nrows * ncols)]
        show_images(images, nrows, ncols, titles=names)
