"""Afterwards, x requires a gradient and has one, though you were lent it without.

The book does so with an x of its own. Here x is your caller's, and what it computes with it from now on is recorded. Let a copy
learn: x.detach().clone() (2.5.1, 5.1.2).

Same as: makes_x_learn

Fails: x_stays_as_it_is
"""

def activation_gradient(f, x):
    x.requires_grad_()
    x.grad = None
    f(x).sum().backward()
    return x.grad.clone()
