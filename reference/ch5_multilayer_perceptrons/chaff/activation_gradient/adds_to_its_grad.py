"""Where x.grad holds something, you add the derivative to it, and return the sum of both.

Perhaps backward is called on x itself where it learns already: it adds to what x.grad holds, a step's gradient
perhaps. Differentiate at a copy, or use torch.autograd.grad (2.5.1, 5.1.2).

Fails: x_stays_as_it_is
"""


def activation_gradient(f, x):
    if not x.requires_grad:
        x = x.clone().requires_grad_()
    f(x).sum().backward()
    return x.grad
