"""The equations of 5.3.3 in their order, on columns, with the derivative of relu taken at z."""

import torch


def backward_propagation(x, y, W1, W2, lambd):
    x, y = x.reshape(-1, 1), y.reshape(-1, 1)
    z = torch.matmul(W1, x)
    h = torch.relu(z)
    o = torch.matmul(W2, h)
    dJ_dL, dJ_ds = 1, 1
    dJ_do = dJ_dL * (o - y)
    dJ_dW2 = torch.matmul(dJ_do, h.T) + dJ_ds * lambd * W2
    dJ_dh = torch.matmul(W2.T, dJ_do)
    dJ_dz = dJ_dh * (z > 0).type(x.dtype)
    dJ_dW1 = torch.matmul(dJ_dz, x.T) + dJ_ds * lambd * W1
    return dJ_dW1, dJ_dW2
