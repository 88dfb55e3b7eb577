"""After your call, the first row of x is 17, or its first element, if it is a vector.

Perhaps you wrote into the array, to see whether x changes, too. It does, and that is the trouble: the numbers
that you were given are gone. Try it out in the notebook, and not in the function (2.1.6).

Fails: leaves_arguments_alone
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy()
    A[0] = 17
    return A, torch.from_numpy(A)
