"""Your results are on the device "meta", which keeps shapes, but no numbers.

A tensor computed from others is where they are. Moving it to another device copies it: leave it where it is
(2.1.3).

Fails: right_device
"""

import torch


def concatenate(X, Y):
    return torch.cat((X, Y), dim=0).to("meta"), torch.cat((X, Y), dim=1).to("meta")
