"""Each of your derivatives is multiplied by its x.

backward's argument weighs the elements of f(x): if x is handed to it, each derivative is multiplied by its x.
Ones give them as they are (2.5.2).

Fails: right_values
"""


def elementwise_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(gradient=x.detach())
    return leaf.grad
