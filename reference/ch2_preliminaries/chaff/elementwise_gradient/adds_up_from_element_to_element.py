"""Element i of yours is the sum of the derivatives up to i.

Each backward adds to what grad holds already: to go backward once for each element collects them. Clear grad
in between, or differentiate the sum of f(x) once (2.5.1, 2.5.2).

Fails: right_values
"""

import torch


def elementwise_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    found = torch.zeros_like(leaf)
    for i in range(len(leaf)):
        y[i].backward(retain_graph=True)
        found[i] = leaf.grad.sum()
    return found.detach()
