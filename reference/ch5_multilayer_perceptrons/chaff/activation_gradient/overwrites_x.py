"""You write the derivatives into x.

`copy_` saves memory, but x is your caller's, and its numbers are gone. Return a tensor of your own (2.1.5, 5.1.2).

Fails: x_stays_as_it_is
"""


def activation_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).sum().backward()
    return x.data.copy_(leaf.grad)
