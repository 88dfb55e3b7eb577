"""Where x.grad holds a gradient already, you return the sum of both, and x.grad holds that sum, too.

backward adds to what x.grad holds, and writes into that very tensor: to put it back afterwards doesn't help.
Set x.grad to None first, or differentiate at a copy (2.5.1).

Fails: x_stays_as_it_is
"""


def gradient(f, x):
    held, learned = x.grad, x.requires_grad
    x.requires_grad_()
    f(x).backward()
    found, x.grad = x.grad, held
    x.requires_grad_(learned)
    return found
