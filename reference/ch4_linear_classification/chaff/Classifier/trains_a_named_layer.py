"""Your configure_optimizers asks for a layer by name, such as self.linear, and a model may have none.

A model with a single linear layer may call it so; others have more layers, with other names, and parameters beside
them. self.parameters() gives all parameters of whatever model it is (4.3.1).

Same as: trains_a_named_network

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
        return torch.optim.SGD(self.linear.parameters(), lr=self.lr)
