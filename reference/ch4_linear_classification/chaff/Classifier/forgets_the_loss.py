"""Your validation step plots the accuracy only.

The loss is what training makes smaller; beside that of training it can show that a model overfits (4.3.1).

Fails: right_values
"""

import torch
from torch import nn


class Classifier(nn.Module):
    def validation_step(self, batch):
        X, Y = batch
        Y_hat = self(X)
        self.plot("acc", accuracy(Y_hat, Y), train=False)

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.lr)
