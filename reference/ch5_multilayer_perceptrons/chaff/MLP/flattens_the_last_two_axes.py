"""You take a batch of images that are flat already for one image.

Perhaps each image is flattened by the lengths of the last two axes. In a batch (n, pixels) these are n and the number
of pixels: all examples become a single row. Keep axis 0, and flatten the rest (5.2.2).

Fails: accepts_its_arguments
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.lr = lr
        self.net = nn.Sequential(nn.LazyLinear(num_hiddens), nn.ReLU(), nn.LazyLinear(num_outputs))

    def forward(self, X):
        height, width = X.shape[-2], X.shape[-1]
        return self.net(X.reshape(-1, height * width))
