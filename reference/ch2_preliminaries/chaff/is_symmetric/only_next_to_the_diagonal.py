"""Only the elements next to the diagonal count in your answer.

For a matrix of two rows these are all that matter. In a larger one every element has a mirror image that it
must equal, those in the corners, too (2.3.3).

Fails: right_values
"""

import torch


def is_symmetric(A):
    return torch.equal(A.diagonal(1), A.diagonal(-1))
