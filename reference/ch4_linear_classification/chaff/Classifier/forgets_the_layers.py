"""Your optimizer moves the model's own parameters, but not those of the layers in it.

self._parameters holds only what was set on the model itself. self.parameters() goes through the layers, too (4.3.1,
6.2.1).

Same as: trains_one_parameter

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
        return torch.optim.SGD(self._parameters.values(), lr=self.lr)
