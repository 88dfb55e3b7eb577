"""The accuracy that you plot is 1, whatever the right classes are.

Usually predictions are compared with themselves. They are to be compared with the right classes of the batch (4.3.1,
4.3.2).

Fails: right_values
"""

import torch
from torch import nn


class Classifier(nn.Module):
    def validation_step(self, batch):
        X, Y = batch
        Y_hat = self(X)
        self.plot("loss", self.loss(Y_hat, Y), train=False)
        self.plot("acc", accuracy(Y_hat, Y_hat.argmax(dim=1)), train=False)

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.lr)
