"""Your answer is True where the sums of the rows are those of the columns.

A symmetric matrix does have equal ones, but so have others: in [[1, 2, 0], [0, 1, 2], [2, 0, 1]] each row and
column has the sum 3. Compare the elements (2.3.3).

Fails: right_values
"""

import torch


def is_symmetric(A):
    return torch.allclose(A.sum(axis=0), A.sum(axis=1))
