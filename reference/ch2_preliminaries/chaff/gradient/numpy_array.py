"""You return the gradient as a NumPy array.

The gradient of a tensor is a tensor, with which the next operation can go on (2.5.1).

Fails: right_type
"""


def gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    return leaf.grad.numpy()
