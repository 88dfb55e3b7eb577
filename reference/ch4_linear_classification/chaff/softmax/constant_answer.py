"""You return equal probabilities, whatever the scores are.

They sum to 1 in every row, and a new model does begin with nearly equal ones. But a function must use its argument:
a higher score means a higher probability (4.4.1).

Fails: right_values
"""

import torch


def softmax(X):
    return torch.full_like(X, 1 / X.shape[1])
