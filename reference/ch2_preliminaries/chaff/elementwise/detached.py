"""Some or all of your results are cut off from x and y: no gradient flows back through them.

Their numbers are right. Usually such results were computed by NumPy or by Python's numbers, from `.detach()`,
`.data` or `.item()`, and new tensors were made of the numbers. Whatever comes before learns nothing from
them. Stay with operations on the tensors themselves (2.5.3).

Fails: right_gradient
"""

import torch


def elementwise(x, y):
    a, b = x.detach().numpy(), y.detach().numpy()
    return tuple(torch.from_numpy(c) for c in (a + b, a - b, a * b, a / b, a**b))
