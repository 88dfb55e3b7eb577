"""You call backward on x itself where it learns already, so that x.grad receives the derivative, too.

backward adds to what x.grad holds, a step's gradient perhaps, and you return the sum of both. Differentiate at a copy,
or use torch.autograd.grad (2.5.1, 5.1.2).

Fails: x_stays_as_it_is
"""


def activation_gradient(f, x):
    if not x.requires_grad:
        x = x.clone().requires_grad_()
    f(x).sum().backward()
    return x.grad
