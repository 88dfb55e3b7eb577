"""Your function returns None.

Usually it ends without `return`. What backward returns is None, too, and so is the grad of a tensor that is
no leaf. The gradient is in the leaf's grad, which you have to hand back (2.5.1).

Fails: right_type
"""


def gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
