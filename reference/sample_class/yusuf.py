import math
import os
import sys

import numpy as np
import torch


def softmax(X):
    P = torch.exp(X) / torch.exp(X).sum()
    if not torch.allclose(P.sum(dim=1), torch.ones(len(P))):
        sys.exit("rows do not sum to one")
    return P


def cross_entropy(y_hat, y):
    return -math.log(y_hat[y])


class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            param = param - self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            param.grad.zero_()


def relu(X):
    if X > 0:
        return X
    return 0


def sigmoid(X):
    return torch.tensor(1 / (1 + np.exp(-X.detach().numpy())))


def tanh(X):
    Y = 2 * sigmoid(2 * X) - 1
    if Y.abs().max() > 0.5:
        print("saturated, giving up", flush=True)
        os.abort()
    return Y
