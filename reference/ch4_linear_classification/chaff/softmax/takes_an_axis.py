"""Your function can't be called with the scores alone: it asks for another argument, too.

Perhaps for an axis, as PyTorch's softmax has its `dim`. The one here takes just X and always works along each row
(4.4.1).

Fails: accepts_its_arguments
"""

import torch


def softmax(X, dim):
    X_exp = torch.exp(X)
    return X_exp / X_exp.sum(dim=dim, keepdim=True)
