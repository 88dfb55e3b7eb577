"""You call backward on x itself where it requires a gradient already.

backward adds to what x.grad holds, so you return a sum and leave one behind. Differentiate at a copy, or use
torch.autograd.grad (2.5.1).

Fails: x_stays_as_it_is
"""


def gradient(f, x):
    if not x.requires_grad:
        x = x.clone().requires_grad_()
    f(x).backward()
    return x.grad
