"""What you return is float64, whatever dtype came in.

It is more exact, but then the next layer's float32 weights don't fit. The result has the dtype of X (2.1, 5.1.2.3).

Fails: right_dtype
"""

import torch


def tanh(X):
    e = torch.exp(-2 * X.double())
    return (1 - e) / (1 + e)
