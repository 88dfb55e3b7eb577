"""Your optimizer has the weights only: the biases stay where they are.

Vectors are parameters like matrices, and have to be learned as well. Hand on all that parameters() gives, without
choosing by shape or name (4.3.1).

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
        return torch.optim.SGD((weight for weight in self.parameters() if weight.ndim == 2), lr=self.lr)
