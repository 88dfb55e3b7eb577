"""After a first batch, another number of images makes your network raise an error.

Perhaps the first batch's size is kept. The last minibatch of a data set is often smaller, and a trained network
gets single images. Flatten takes the number of images from the batch in each call (5.2.2).

Fails: it_depends_on_its_own_weights_and_these_images
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.batch_size = None
        self.net = nn.Sequential(nn.LazyLinear(num_hiddens), nn.ReLU(), nn.LazyLinear(num_outputs))

    def forward(self, X):
        if self.batch_size is None:
            self.batch_size = X.shape[0]
        return self.net(X.reshape(self.batch_size, -1))
