"""Afterwards your caller's x neither requires a gradient nor has one, whatever it had before.

Perhaps you differentiate at x itself and clean up. But whoever let x learn, and collected a gradient in
x.grad, has lost both. Differentiate at a copy: x.detach().clone() (2.5.1).

Fails: x_stays_as_it_is
"""


def gradient(f, x):
    x.requires_grad_(True)
    x.grad = None
    f(x).backward()
    found = x.grad
    x.grad = None
    x.requires_grad_(False)
    return found
