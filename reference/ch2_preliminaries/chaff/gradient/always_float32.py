"""You copy x into a float32 tensor.

The leaf of your own needs x's dtype: digits that are dropped don't come back (2.1.1).

Fails: right_dtype
"""


def gradient(f, x):
    leaf = x.detach().float().clone().requires_grad_()
    f(leaf).backward()
    return leaf.grad
