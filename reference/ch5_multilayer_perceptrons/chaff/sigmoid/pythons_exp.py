"""You call math.exp, which takes one number, on a whole tensor.

It works as long as the tensor has one element, and raises for all others. torch.exp takes tensors (5.1.2.2).

Fails: accepts_its_arguments
"""

import math


def sigmoid(X):
    return 1 / (1 + math.exp(-X))
