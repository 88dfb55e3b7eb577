"""Your result is the derivative plus what x.grad held before.

Perhaps a copy of x brings its grad along, as copy.deepcopy makes one, and backward adds to that. Where x has no
gradient yet, the answer is right. Start from a tensor without any: x.detach().clone() has no grad (2.5.1, 5.1.2).

Fails: x_stays_as_it_is
"""

import copy


def activation_gradient(f, x):
    z = copy.deepcopy(x).requires_grad_() if x.is_leaf else x.detach().clone().requires_grad_()
    f(z).sum().backward()
    return z.grad
