"""Your validation step asks for a gradient, and there is none: an error is raised.

Usually by backward. Validation data are there to judge a model, never to teach it. The trainer switches gradients off
for this step, and backward fails (4.3.1, 3.4.4).

Fails: accepts_its_arguments
"""

import torch
from torch import nn


class Classifier(nn.Module):
    def validation_step(self, batch):
        X, Y = batch
        Y_hat = self(X)
        self.plot("loss", self.loss(Y_hat, Y), train=False)
        self.plot("acc", accuracy(Y_hat, Y), train=False)
        self.loss(Y_hat, Y).backward()

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.lr)
