"""Powers of math.e and an exponent of -1."""

import math

import torch


def sigmoid(X):
    return (1 + torch.pow(math.e, -X)) ** -1
