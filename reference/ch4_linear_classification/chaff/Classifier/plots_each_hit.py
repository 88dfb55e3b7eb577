"""You plot "acc" once for each example, and not once for the batch.

Usually the accuracy isn't averaged, and each hit or miss goes to plot by itself. With one example in the batch that
is the same. A batch is one point of the curve: plot the share of right predictions in it (4.3.1, 4.3.2).

Fails: right_values
"""

import torch
from torch import nn


class Classifier(nn.Module):
    def validation_step(self, batch):
        X, Y = batch
        Y_hat = self(X)
        self.plot("loss", self.loss(Y_hat, Y), train=False)
        for i in range(len(Y)):
            self.plot("acc", accuracy(Y_hat[i : i + 1], Y[i : i + 1]), train=False)

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.lr)
