"""Six functions, by whoever knows the library."""

import torch
from torch import nn
from torch.nn import functional as F


def softmax(X):
    return torch.softmax(X, dim=1)


def cross_entropy(y_hat, y):
    return F.nll_loss(y_hat.log(), y)


def relu(X):
    return torch.clamp(X, min=0)


def impute_with_mean(inputs):
    return inputs.apply(lambda column: column.fillna(column.mean()))


def fit_linear(X, y, lr, epochs, batch_size):
    net = nn.Linear(X.shape[1], 1)
    nn.init.zeros_(net.weight)
    nn.init.zeros_(net.bias)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    for _ in range(epochs):
        for X_batch, y_batch in zip(X.split(batch_size), y.split(batch_size)):
            optimizer.zero_grad()
            loss = F.mse_loss(net(X_batch), y_batch) / 2
            loss.backward()
            optimizer.step()
    return torch.cat([net.weight.detach().reshape(-1), net.bias.detach()])


def fit_softmax(X, y, lr, steps):
    W = torch.zeros(X.shape[1], 5, requires_grad=True)
    optimizer = torch.optim.SGD([W], lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        F.cross_entropy(X @ W, y).backward()
        optimizer.step()
    return W.detach()
