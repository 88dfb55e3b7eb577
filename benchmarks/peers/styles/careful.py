"""Six functions, a step a line."""

import torch


def softmax(X):
    largest, _ = torch.max(X, dim=-1, keepdim=True)
    exponentials = (X - largest).exp()
    return exponentials / exponentials.sum(-1).unsqueeze(-1)


def cross_entropy(y_hat, y):
    chosen = y_hat.gather(1, y.reshape(-1, 1))
    losses = chosen.log().neg()
    return losses.sum() / len(losses)


def relu(X):
    zeros = torch.zeros_like(X)
    return torch.max(X, zeros)


def impute_with_mean(inputs):
    filled = inputs.copy()
    for column in filled.columns:
        mean = filled[column].mean()
        filled[column] = filled[column].fillna(mean)
    return filled


def fit_linear(X, y, lr, epochs, batch_size):
    w, b = torch.zeros((X.shape[1], 1)), torch.zeros(1)
    for _epoch in range(epochs):
        for X_batch, y_batch in zip(X.split(batch_size), y.split(batch_size)):
            error = X_batch @ w + b - y_batch
            w = w - lr * X_batch.T @ error / len(error)
            b = b - lr * error.mean()
    return torch.cat((w.flatten(), b))


def fit_softmax(X, y, lr, steps):
    W = torch.zeros(X.shape[1], 5)
    right = torch.nn.functional.one_hot(y, 5).to(X.dtype)
    for _step in range(steps):
        W = W - lr * X.T @ (softmax(X @ W) - right) / len(X)
    return W
