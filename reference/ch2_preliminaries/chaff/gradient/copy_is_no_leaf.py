"""Where x requires a gradient, your function returns None.

A clone of such an x that isn't detached, for example, is the result of an operation, and no leaf: autograd
keeps gradients in leaves, so the clone's grad stays None. detach first (2.5.1, 2.5.3).

Fails: x_stays_as_it_is
"""


def gradient(f, x):
    copy = x.clone().requires_grad_()
    f(copy).backward()
    return copy.grad
