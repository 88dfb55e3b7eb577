"""You differentiate the mean of f(x).

backward needs one number, and a mean is one, but it divides every derivative by the number of elements. Take the sum
(2.5.2).

Fails: right_values
"""


def elementwise_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).mean().backward()
    return leaf.grad
