"""You move the results to a device of your choice.

A tensor computed from others is where they are. Moving it copies it, and your copy on "meta" has no numbers
at all: leave it where it is (2.1.3).

Fails: right_device
"""

import torch


def concatenate(X, Y):
    return torch.cat((X, Y), dim=0).to("meta"), torch.cat((X, Y), dim=1).to("meta")
