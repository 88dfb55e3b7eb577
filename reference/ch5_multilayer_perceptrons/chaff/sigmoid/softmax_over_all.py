"""You divide each exponential by the sum of all.

That is a softmax: its elements compete with one another. Sigmoid treats each element alone, as if nothing else were
there (5.1.2.2).

Fails: right_values
"""

import torch


def sigmoid(X):
    e = torch.exp(X)
    return e / e.sum()
