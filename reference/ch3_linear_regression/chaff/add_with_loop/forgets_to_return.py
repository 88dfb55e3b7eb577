"""You return None, where the sums are asked for.

Often they are computed, and not returned. A function without return gives None, and what was computed is lost
(3.1).

Fails: right_type
"""

import torch


def add_with_loop(a, b):
    c = torch.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] + b[i]
