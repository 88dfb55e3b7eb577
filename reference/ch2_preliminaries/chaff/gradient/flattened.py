"""Your gradient is a vector, whatever shape x has.

The numbers are right, but a gradient has the shape of the tensor it belongs to (2.5.1).

Fails: right_shape
"""


def gradient(f, x):
    leaf = x.detach().clone().reshape(-1).requires_grad_()
    f(leaf.reshape(x.shape)).backward()
    return leaf.grad
