"""You return a Python number, as, for example, .item() or math.sqrt gives it.

It has lost its dtype, and no gradient can flow through it. torch.sqrt leaves it a tensor of shape () (2.3.1).

Fails: right_type
"""

import math


def l2_norm(x):
    return math.sqrt((x**2).sum())
