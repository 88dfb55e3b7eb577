"""After your call x requires a gradient, and yours is added to what x.grad held.

What x.grad held before is part of the result then, too, for backward adds. The book differentiates at an x of
its own, and here x is your caller's. Differentiate at a copy: x.detach().clone() (2.5.1).

Fails: x_stays_as_it_is
"""


def gradient(f, x):
    x.requires_grad_(True)
    f(x).backward()
    return x.grad
