"""Your derivatives are divided by the number of elements.

backward needs one number, and the mean of f(x) is one, but it divides each derivative so. Take the sum
(2.5.2).

Fails: right_values
"""


def elementwise_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).mean().backward()
    return leaf.grad
