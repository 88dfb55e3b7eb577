"""Each time that your get_dataloader(True) is called, its loader begins with the same order.

Usually a generator of random numbers is seeded in the method, and starts from the beginning each time: who asks for a
loader in each epoch gets no other order. Without a seed of your own, each pass has its own order (4.2.2).

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

    def text_labels(self, indices):
        names = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
        return [names[int(i)] for i in indices]

    def get_dataloader(self, train):
        data = self.train if train else self.val
        generator = torch.Generator().manual_seed(0)
        return torch.utils.data.DataLoader(data, self.batch_size, shuffle=train, generator=generator)

    def visualize(self, batch, nrows=1, ncols=8, labels=[]):
        X, y = batch
        if not labels:
            labels = self.text_labels(y)
        show_images(X.squeeze(1), nrows, ncols, titles=labels)
