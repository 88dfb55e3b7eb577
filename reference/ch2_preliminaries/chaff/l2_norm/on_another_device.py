"""Your result is on the device "meta", and not where x is.

A device that is written into a function is wrong wherever the arguments are on another one. What is computed
from x is on x's device by itself (6.7).

Fails: right_device
"""

import torch


def l2_norm(x):
    return torch.norm(x).to("meta")
