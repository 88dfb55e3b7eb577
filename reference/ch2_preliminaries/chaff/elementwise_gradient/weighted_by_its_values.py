"""Each of your derivatives is multiplied by its f(x).

backward's argument weighs the elements of f(x): if f(x) itself is handed to it, each derivative is multiplied
by its own f(x). Ones give them as they are (2.5.2).

Fails: right_values
"""


def elementwise_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    y.backward(y.detach())
    return leaf.grad
