"""You go through the elements one by one, and return them in one long row.

They are the right numbers, but an activation keeps the shape: every element stays in its place. Functions such as
torch.exp work on all elements at once, whatever the shape (5.1.2.3, 2.1.3).

Same as: flattened
Fails: right_shape
"""

import torch


def tanh(X):
    elements = [(x.exp() - (-x).exp()) / (x.exp() + (-x).exp()) for x in X.reshape(-1)]
    return torch.stack(elements)
