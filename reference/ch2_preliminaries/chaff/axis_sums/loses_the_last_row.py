"""Your sums down the rows leave out the last row.

range(m) ends at m - 1 by itself, so that a loop over range(m - 1), for example, never comes to that row
(2.3.6).

Fails: right_values, all_three_have_the_same_total
"""

import torch


def axis_sums(A):
    down = torch.zeros_like(A[0])
    for i in range(len(A) - 1):
        down += A[i]
    return down, A.sum(axis=1), A.sum()
