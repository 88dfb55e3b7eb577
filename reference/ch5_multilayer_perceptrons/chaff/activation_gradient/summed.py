"""You add the derivatives of all elements up.

f' is asked for at every element of x, and so has x's shape (5.1.2).

Fails: right_shape
"""


def activation_gradient(f, x):
    x = x.detach().clone().requires_grad_()
    f(x).sum().backward()
    return x.grad.sum()
