"""Python's sums and lengths, one row or column at a time."""

import torch


def mean(numbers):
    return sum(numbers) / len(numbers)


def axis_means(A):
    down = [mean(column) for column in A.T.tolist()]
    along = [mean(row) for row in A.tolist()]
    everything = mean(A.flatten().tolist())
    return tuple(torch.tensor(each, dtype=A.dtype) for each in (down, along, everything))
