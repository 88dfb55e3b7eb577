"""After a first batch, another number of images makes your network raise an error.

Perhaps the first batch's size is kept. The last minibatch of a data set is often smaller, and a trained network
gets single images. Take the number of images from X in each call, or let reshape find it by -1 (5.2.1).

Fails: it_depends_on_its_own_weights_and_these_images
"""

import torch
from torch import nn


class MLPScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        super().__init__()
        self.batch_size = None
        self.W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens) * sigma)
        self.b1 = nn.Parameter(torch.zeros(num_hiddens))
        self.W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs) * sigma)
        self.b2 = nn.Parameter(torch.zeros(num_outputs))

    def forward(self, X):
        if self.batch_size is None:
            self.batch_size = len(X)
        X = X.reshape((self.batch_size, self.W1.shape[0]))
        H = torch.relu(X @ self.W1 + self.b1)
        return H @ self.W2 + self.b2
