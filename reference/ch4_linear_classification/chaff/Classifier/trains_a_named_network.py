"""Your configure_optimizers asks for a network by name, such as self.net, and a model may have none.

Many of the book's models keep their layers in net, but others have parameters of their own, or layers with other
names. Perhaps you had one of these models in mind. self.parameters() gives all parameters of whatever model it is
(4.3.1).

Fails: its_optimizer_is_plain_descent
"""

import torch
from torch import nn


class Classifier(nn.Module):
    def validation_step(self, batch):
        X, Y = batch
        Y_hat = self(X)
        self.plot("loss", self.loss(Y_hat, Y), train=False)
        self.plot("acc", accuracy(Y_hat, Y), train=False)

    def configure_optimizers(self):
        return torch.optim.SGD(self.net.parameters(), lr=self.lr)
