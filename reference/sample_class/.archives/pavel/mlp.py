import torch


def relu(X):
    return torch.max(X, torch.zeros_like(X))


def sigmoid(X):
    return 1 / (1 + torch.exp(-X))


def tanh(X):
    return 2 * sigmoid(2 * X) - 1
