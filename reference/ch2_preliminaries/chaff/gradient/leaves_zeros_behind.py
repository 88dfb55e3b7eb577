"""After your call x.grad holds zeros.

So the next gradient starts from nothing, but what your caller had collected in x.grad is lost. A copy of x
has a grad of its own (2.5.1).

Fails: x_stays_as_it_is
"""


def gradient(f, x):
    learned = x.requires_grad
    x.requires_grad_()
    x.grad = None
    f(x).backward()
    found = x.grad.clone()
    x.grad.zero_()
    x.requires_grad_(learned)
    return found
