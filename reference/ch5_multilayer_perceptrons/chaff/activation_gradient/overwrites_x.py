"""Afterwards x holds the derivatives, though it is your caller's.

`copy_`, for example, saves memory, but the numbers of x are gone. Return a tensor of your own (2.1.5, 5.1.2).

Fails: x_stays_as_it_is
"""


def activation_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).sum().backward()
    return x.data.copy_(leaf.grad)
