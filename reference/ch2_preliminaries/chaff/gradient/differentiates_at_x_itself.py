"""You differentiate at your caller's own x, as the book does with an x of its own.

Afterwards x requires a gradient and has one in x.grad, and what x.grad held before is part of your result, for
backward adds. Differentiate at a copy: x.detach().clone() (2.5.1).

Fails: x_stays_as_it_is
"""


def gradient(f, x):
    x.requires_grad_(True)
    f(x).backward()
    return x.grad
