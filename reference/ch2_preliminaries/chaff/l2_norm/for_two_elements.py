"""You write Pythagoras for the first and the second element.

The example has two; other vectors have fewer or more (2.3.11).

Fails: accepts_its_arguments
"""

import torch


def l2_norm(x):
    return torch.sqrt(x[0] ** 2 + x[1] ** 2)
