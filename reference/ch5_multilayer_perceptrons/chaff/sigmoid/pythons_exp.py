"""Your code takes tensors of one element only, as math.exp does.

It raises for all others. torch.exp takes tensors, and works on each element (5.1.2.2).

Fails: accepts_its_arguments
"""

import math


def sigmoid(X):
    return 1 / (1 + math.exp(-X))
