"""Where x requires a gradient, you return the right one, but it is added to x.grad, too.

A clone of x that isn't detached, for example, is joined to x, and backward goes on into x itself. detach
first (2.5.1, 2.5.3).

Fails: x_stays_as_it_is
"""


def gradient(f, x):
    copy = x.clone().requires_grad_()
    copy.retain_grad()
    f(copy).backward()
    return copy.grad
