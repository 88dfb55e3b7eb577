"""After your call x requires a gradient, and x.grad holds yours alone, whatever x had before.

The book switches that on for an x of its own. Here x is your caller's, and what is computed with x from now
on is recorded, unless somebody switches that off. Let a copy learn: x.detach().clone() (2.5.1).

Fails: x_stays_as_it_is
"""


def gradient(f, x):
    x.requires_grad_()
    x.grad = None
    f(x).backward()
    return x.grad
