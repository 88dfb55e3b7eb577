"""Your result has three rows, however many A has, and with fewer your code fails.

A matrix may have any number of rows. A loop over the rows, or a function of the library, works for all of
them (2.3.6).

Fails: accepts_its_arguments
"""

import torch


def cumulative_sum(A):
    return torch.stack([A[0], A[0] + A[1], A[0] + A[1] + A[2]])
