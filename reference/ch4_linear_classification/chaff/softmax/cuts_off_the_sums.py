"""Your sums are cut off from the graph: the values are right, but the gradient takes the partition for a constant.

Each probability depends on all scores of its row, by the sum below the fraction's bar. Keep the sum as
it is, without detach, .data, .item() or no_grad (2.5.3, 4.4.1).

Fails: right_gradient
"""

import torch


def softmax(X):
    X_exp = torch.exp(X)
    return X_exp / X_exp.sum(dim=1, keepdim=True).detach()
