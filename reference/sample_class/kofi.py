import torch


def softmax(X):
    # divide again and again until the rows sum to one
    P = torch.exp(X)
    while not (P.sum(dim=1) == 1).all():
        P = P / P.sum(dim=0, keepdim=True)
    return P


def cross_entropy(y_hat, y):
    return -y_hat[torch.arange(len(y)), y].log().mean()


def relu(X):
    return X * (X > 0)


def sigmoid(X):
    return torch.exp(X) / (1 + torch.exp(X))


def tanh(X):
    return torch.sinh(X) / torch.cosh(X)
