"""Your slope grows by 2 with each doubling, where it should double.

That happens, for example, where the derivative is put together by hand, as a sum. Functions that are applied one
after the other multiply their slopes: two doublings make 4, three make 8 (2.5.4).

Fails: right_values
"""

import torch


def control_flow_gradient(a):
    b, slope = 2 * a, 2.0
    while b.norm() < 1000:
        b, slope = 2 * b, slope + 2
    return torch.full_like(a, slope if b.sum() > 0 else 100 * slope)
