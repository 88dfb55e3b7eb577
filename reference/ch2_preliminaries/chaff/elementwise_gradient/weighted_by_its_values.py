"""You hand f(x) to backward in the place of ones.

backward's argument weighs the elements of f(x), so each derivative comes out multiplied by its own value (2.5.2).

Fails: right_values
"""


def elementwise_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    y.backward(y.detach())
    return leaf.grad
