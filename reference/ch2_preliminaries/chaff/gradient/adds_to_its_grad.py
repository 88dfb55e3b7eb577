"""Where x requires a gradient already, yours is added to x.grad, and you return what x.grad holds then.

backward on x itself adds to what x.grad held before. Differentiate at a copy, or use torch.autograd.grad
(2.5.1).

Fails: x_stays_as_it_is
"""


def gradient(f, x):
    if not x.requires_grad:
        x = x.clone().requires_grad_()
    f(x).backward()
    return x.grad
