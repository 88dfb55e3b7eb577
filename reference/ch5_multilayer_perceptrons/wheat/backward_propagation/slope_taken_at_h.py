"""The slope of relu from h, which is positive where z is; forward propagation written out, without gradients."""

import torch


@torch.no_grad()
def backward_propagation(x, y, W1, W2, lambd):
    h = (W1 @ x).clamp(min=0)
    error = W2 @ h - y
    delta = torch.where(h > 0, W2.T @ error, torch.zeros_like(h))
    return delta[:, None] * x[None, :] + lambd * W1, error[:, None] * h[None, :] + lambd * W2
