"""Your sums pile up from call to call.

Usually they are collected in a list that is made only once, as a default argument is, with the function, or a
list outside of it. Make it in the function (3.1.2).

Fails: right_shape
"""

import torch


def add_with_loop(a, b, sums=[]):
    for i in range(len(a)):
        sums.append(a[i] + b[i])
    return torch.stack(sums)
