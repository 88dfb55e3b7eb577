"""You call backward, and return nothing.

backward itself returns None; the gradient is in the leaf's grad, which you have to hand back (2.5.1).

Fails: right_type
"""


def gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
