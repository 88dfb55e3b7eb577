"""You clone x without detaching it, so that backward goes on into x itself.

retain_grad gets you the gradient of the clone. But if x requires a gradient, the clone is joined to it, and x.grad
changes, too. detach first (2.5.1, 2.5.3).

Fails: x_stays_as_it_is
"""


def gradient(f, x):
    copy = x.clone().requires_grad_()
    copy.retain_grad()
    f(copy).backward()
    return copy.grad
