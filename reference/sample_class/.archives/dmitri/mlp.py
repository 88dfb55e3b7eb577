import torch


def relu(X):
    return X * (X > 0).float()


def sigmoid(X):
    return 1 / (1 + torch.exp(-X))


def tanh(X):
    # TODO
    raise NotImplementedError
