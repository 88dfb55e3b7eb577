"""Builds on the student's own forward_propagation, inside torch.no_grad()."""

import torch


def backward_propagation(x, y, W1, W2, lambd):
    with torch.no_grad():
        z, h, o, J = forward_propagation(x, y, W1, W2, lambd)
        e = o - y
        gradient_2 = torch.ger(e, h).add(W2, alpha=lambd)
        gradient_1 = torch.ger((e @ W2) * torch.sign(h), x).add(W1, alpha=lambd)
    return gradient_1, gradient_2
