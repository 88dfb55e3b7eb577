"""Your configure_optimizers returns None, not an optimizer.

The trainer calls step on what comes back, and None has no step. Usually `return` is missing (4.3.1).

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
        torch.optim.SGD(self.parameters(), lr=self.lr)
