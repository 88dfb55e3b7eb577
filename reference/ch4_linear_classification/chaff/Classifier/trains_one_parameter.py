"""Your optimizer moves some of the model's parameters, and not the others.

A model learns with all of them, those of the layers in it included: hand on what self.parameters()
gives. self._parameters holds only what was set on the model itself (4.3.1, 6.2.1).

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
        return torch.optim.SGD(list(self.parameters())[:1], lr=self.lr)
