"""After your call x holds the gradient.

copy_, for example, writes into x, but x is your caller's, and its numbers are gone. Return a tensor of your
own (2.1.5).

Fails: x_stays_as_it_is
"""


def gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    x.data.copy_(leaf.grad)
    return leaf.grad
