"""Your configure_optimizers asks for a parameter by name, such as self.W, and a model may have others.

The class is a base for all kinds of models, and one that has layers may have no such name. self.parameters() gives
all that there are, those of layers included (4.3.1).

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
        return torch.optim.SGD([self.W, self.b], lr=self.lr)
