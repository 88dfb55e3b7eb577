"""One or both of your results are cut off from X and Y: no gradient flows back through them.

Their numbers are right. Usually the rows were joined as lists of Python or arrays of NumPy, and a new tensor
was made of their numbers. Whatever comes before learns nothing from them. Stay with operations on the tensors
themselves (2.5.3).

Fails: right_gradient
"""

import torch


def concatenate(X, Y):
    rows, others = X.tolist(), Y.tolist()
    below = rows + others
    beside = [row + other for row, other in zip(rows, others)]
    return torch.tensor(below, dtype=X.dtype), torch.tensor(beside, dtype=X.dtype)
