"""An SGD of one's own, and the methods added after the class."""

import torch
from torch import nn


class Descent:
    def __init__(self, params, lr):
        self.params, self.lr = list(params), lr

    def step(self):
        for param in self.params:
            if param.grad is not None:
                param.data -= self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            param.grad = None


class Classifier(nn.Module):
    """The base class of models that tell classes apart."""

    def __init__(self):
        super().__init__()


def configure_optimizers(self):
    return Descent(self.parameters(), self.lr)


def validation_step(self, batch):
    inputs, labels = batch[0], batch[1]
    with torch.no_grad():
        scores = self(inputs)
        self.plot(key="loss", value=self.loss(scores, labels).item(), train=False)
        self.plot(key="acc", value=accuracy(scores, labels).item(), train=False)


Classifier.configure_optimizers = configure_optimizers
Classifier.validation_step = validation_step
