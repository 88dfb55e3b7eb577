"""A static method: it needs no object."""

from torch import nn


class Classifier(nn.Module):
    @staticmethod
    def accuracy(Y_hat, Y, averaged=True):
        wrong = (Y_hat.argmax(-1) != Y).float()
        return 1 - wrong.mean() if averaged else 1 - wrong
