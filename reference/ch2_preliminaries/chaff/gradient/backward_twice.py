"""You return twice the gradient.

Each backward adds to the leaf's grad: if you go backward twice, once is enough (2.5.1).

Fails: right_values
"""


def gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    y.backward(retain_graph=True)
    y.backward()
    return leaf.grad
