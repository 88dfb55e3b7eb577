"""Your validation step changes the batch, and judges the model on other inputs than it is given.

Perhaps the inputs are scaled in place. The batch belongs to the caller, and may be the data set's own: then the
next epoch changes it once more (4.3.1, 2.1.5).

Fails: leaves_arguments_alone
"""

import torch
from torch import nn


class Classifier(nn.Module):
    def validation_step(self, batch):
        X, Y = batch
        X /= 255
        Y_hat = self(X)
        self.plot("loss", self.loss(Y_hat, Y), train=False)
        self.plot("acc", accuracy(Y_hat, Y), train=False)

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.lr)
