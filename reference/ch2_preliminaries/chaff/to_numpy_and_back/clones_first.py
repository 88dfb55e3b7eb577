"""What is written into x is seen neither in your array nor in your tensor.

clone, for example, protects x from whoever writes into the array. Here sharing is the point: what is written
into one stands in all three (2.1.6).

Same as: copies_the_array

Fails: what_is_written_into_x_stands_in_both
"""

import torch


def to_numpy_and_back(x):
    A = x.clone().numpy()
    return A, torch.from_numpy(A)
