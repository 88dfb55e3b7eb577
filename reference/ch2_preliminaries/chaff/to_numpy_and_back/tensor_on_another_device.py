"""You move the tensor to a device of your choice.

Moving a tensor copies it, and your copy on "meta" has no numbers at all. What shares memory with NumPy is in
main memory (2.1.6).

Fails: right_device
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy()
    return A, torch.from_numpy(A).to("meta")
