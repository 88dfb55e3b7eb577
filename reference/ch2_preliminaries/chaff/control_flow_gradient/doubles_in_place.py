"""After your call a holds another number, its last doubling.

`a *= 2`, for example, writes into your caller's tensor. `b = a * 2` makes a new one (2.1.5).

Fails: a_keeps_its_value
"""

import torch


def control_flow_gradient(a):
    factor = 2
    a *= 2
    while a.norm() < 1000:
        a *= 2
        factor *= 2
    return torch.full_like(a, factor if a > 0 else 100 * factor)
