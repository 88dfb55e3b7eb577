"""Your numbers are right, but one has the wrong type: perhaps the third is a float.

torch.trunc or np.trunc of 3.5, for example, is 3.0, which equals 3 but is floating: range(3.0) is an error,
range(3) is not. int gives an int (2.1.6).

Same as: first_is_always_a_float

Fails: each_is_of_its_own_type
"""

import torch


def to_scalars(x):
    return x.item(), float(x), float(torch.trunc(x))
