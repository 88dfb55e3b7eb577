"""Your SGD lets an optimizer of PyTorch take its steps.

The numbers are right, and in later chapters this is the way to go. Here you are asked to write the few lines
that SGD consists of yourself (3.4.3).

Fails: from_scratch
"""

import torch


class SGD(torch.optim.SGD):
    def __init__(self, params, lr):
        super().__init__(params, lr=lr)
