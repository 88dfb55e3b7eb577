"""Afterwards, x requires a gradient, though it didn't before.

The book switches that on for an x of its own. Here x is your caller's, and what the caller computes with it from
now on is usually recorded. Let a copy learn: x.detach().clone() (2.5.1, 5.1.2).

Fails: x_stays_as_it_is
"""


def activation_gradient(f, x):
    x.requires_grad_()
    x.grad = None
    f(x).sum().backward()
    return x.grad
