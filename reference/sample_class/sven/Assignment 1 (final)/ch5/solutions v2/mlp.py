from math import e

import torch


def relu(X):
    Y = X.clone()
    Y[Y < 0] = 0
    return Y


def sigmoid(X):
    return 1 / (1 + e**-X)


def tanh(X):
    return (e**X - e**-X) / (e**X + e**-X)


def activation_gradient(f, x):
    x = x.detach().clone().requires_grad_()
    f(x).sum().backward()
    return x.grad
