"""Your code goes backward from a result without a record, and fails.

f is computed where nothing is recorded, for example inside torch.no_grad(), or at an x that doesn't require a
gradient, or its result is detached. Without a record there is nothing to go back along (2.5.1).

Fails: accepts_its_arguments
"""

import torch


def gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    with torch.no_grad():
        y = f(leaf)
    y.backward()
    return leaf.grad
