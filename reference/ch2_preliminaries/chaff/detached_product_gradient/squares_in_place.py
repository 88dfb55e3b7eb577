"""After your call x holds its squares.

detach() and .data share x's memory, so that `*=` or a method with an underscore at its end, used on one of
them, writes into x. x * x makes a new tensor (2.1.5).

Fails: its_argument_keeps_its_values
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    u = x.data.mul_(x.data)
    (u * leaf).sum().backward()
    return leaf.grad
