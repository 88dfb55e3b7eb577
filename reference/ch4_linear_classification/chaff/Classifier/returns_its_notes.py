"""No plot is called in your validation step.

Perhaps the results are stored in the object. The model's own plot decides what becomes of a number; what is stored
elsewhere isn't plotted (4.3.1).

Same as: returns_without_plotting

Fails: right_values
"""

import torch
from torch import nn


class Classifier(nn.Module):
    def validation_step(self, batch):
        X, Y = batch
        Y_hat = self(X)
        self.val_loss, self.val_acc = self.loss(Y_hat, Y), accuracy(Y_hat, Y)

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.lr)
