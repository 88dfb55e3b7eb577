"""You return the elements in a row, without the shape of X.

They are the right numbers, but an activation keeps the shape: every element stays in its place. Perhaps you go
through them one by one; functions such as torch.exp work on all at once, whatever the shape (5.1.2.3, 2.1.3).

Same as: flattened
Fails: right_shape
"""

import torch


def tanh(X):
    elements = [(x.exp() - (-x).exp()) / (x.exp() + (-x).exp()) for x in X.reshape(-1)]
    return torch.stack(elements)
