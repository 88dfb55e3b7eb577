"""Some or all of your means are cut off from A: no gradient flows back through them.

The numbers are right. Usually such means were computed by NumPy or by Python's numbers, from `.detach()`,
`.data` or `.item()`, and new tensors were made of the numbers, as by `torch.tensor(mean)`. Whatever comes
before learns nothing from them. Stay with operations on the tensors themselves (2.5.3).

Fails: right_gradient
"""

import torch


def mean(numbers):
    return sum(numbers) / len(numbers)


def axis_means(A):
    down = [mean(column) for column in A.T.tolist()]
    along = [mean(row) for row in A.tolist()]
    everything = mean(A.flatten().tolist())
    return tuple(torch.tensor(each, dtype=A.dtype) for each in (down, along, everything))
