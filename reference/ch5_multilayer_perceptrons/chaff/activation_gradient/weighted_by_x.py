"""Each of your derivatives is multiplied by its x.

Perhaps backward is called with x in the place of the ones: its argument weighs each element of y. With ones the
weights drop out (2.5.2, 5.1.2).

Fails: right_values
"""


def activation_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(x.detach())
    return leaf.grad
