"""A batch that is a tuple makes your validation step raise an error.

Usually by pop, which tuples don't have, and which takes the elements out of a list. A batch belongs to the caller,
and may be a tuple. X, Y = batch looks at both and leaves them there (4.3.1).

Fails: a_second_step_is_about_its_own_batch
"""

import torch
from torch import nn


class Classifier(nn.Module):
    def validation_step(self, batch):
        Y, X = batch.pop(), batch.pop()
        Y_hat = self(X)
        self.plot("loss", self.loss(Y_hat, Y), train=False)
        self.plot("acc", accuracy(Y_hat, Y), train=False)

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.lr)
