"""An empty class, into which a decorator of its own puts all methods."""

import torch
from torch import nn


class Classifier(nn.Module):
    """Everything is registered below."""


def method(cls):
    def register(function):
        setattr(cls, function.__name__, function)

    return register


@method(Classifier)
def validation_step(self, batch):
    Y_hat = self(batch[0])
    self.plot("loss", self.loss(Y_hat, batch[1]), train=False)
    self.plot("acc", accuracy(Y_hat, batch[1]), train=False)


@method(Classifier)
def configure_optimizers(self):
    return torch.optim.SGD(self.parameters(), lr=self.lr)
