"""Your validation step switches the model to training mode.

The trainer chooses the mode, before the first batch: eval() for validation. Whatever runs after your step without
choosing a mode runs as in training, with dropout and the like (3.4.4, 4.3.1).

Fails: a_second_step_is_about_its_own_batch
"""

import torch
from torch import nn


class Classifier(nn.Module):
    def validation_step(self, batch):
        self.eval()
        X, Y = batch
        Y_hat = self(X)
        self.plot("loss", self.loss(Y_hat, Y), train=False)
        self.plot("acc", accuracy(Y_hat, Y), train=False)
        self.train()

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.lr)
