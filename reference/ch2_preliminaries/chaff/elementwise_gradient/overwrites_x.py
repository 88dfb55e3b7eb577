"""After your call x holds f(x).

.data, for example, lets you write behind autograd's back, but x is your caller's, and its numbers are gone
(2.1.5).

Fails: x_keeps_its_values
"""


def elementwise_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    x.data.copy_(y.detach())
    y.sum().backward()
    return leaf.grad
