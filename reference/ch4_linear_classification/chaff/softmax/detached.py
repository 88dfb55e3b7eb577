"""You cut the result off from the scores with `.detach()`.

The values are right, but backward stops there: the weights behind the scores get no gradient and don't learn.
Return the result as the operations give it (2.5.3, 4.4.1).

Fails: right_gradient
"""

import torch


def softmax(X):
    X_exp = torch.exp(X.detach())
    return X_exp / X_exp.sum(dim=1, keepdim=True)
