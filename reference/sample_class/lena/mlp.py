import torch


def relu(X):
    return torch.maximum(X, torch.zeros_like(X))


def sigmoid(X):
    return 1 / (1 + torch.exp(-X))


# Fit sigmoid(w) to one half.
w = torch.tensor(3.0, requires_grad=True)
loss = torch.tensor(1.0)
while loss > 1e-6:
    loss = (sigmoid(w) - 0.5) ** 2
    loss.backward()
    w.grad.zero_()


def tanh(X):
    return (torch.exp(X) - torch.exp(-X)) / (torch.exp(X) + torch.exp(-X))
