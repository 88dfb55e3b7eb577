"""You double a itself.

`a *= 2` writes into your caller's tensor, which holds another number afterwards. `b = a * 2` makes a new one
(2.1.5).

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
