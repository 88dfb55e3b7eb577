"""After your call x doesn't require a gradient, though it may have before.

If x is a parameter, it isn't trained any more until somebody lets it require a gradient again. Leave x alone,
and differentiate at a copy (2.5.1).

Fails: x_stays_as_it_is
"""

import torch


def gradient(f, x):
    held = x.grad
    x.requires_grad_(True)
    found = torch.autograd.grad(f(x), x)[0]
    x.requires_grad_(False)
    x.grad = held
    return found
