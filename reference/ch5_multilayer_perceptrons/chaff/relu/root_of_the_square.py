"""Your slope at exactly 0 is nan, as |x| has it if it is the root of x².

The values are right, but at 0 the root has an infinite slope, and times the slope 0 of x² that is nan: one element
at exactly 0 can be enough to make weights of a network nan. Use abs, or choose by a condition (5.1.2.1).

Fails: right_gradient
"""

import torch


def relu(X):
    return (X + torch.sqrt(X**2)) / 2
