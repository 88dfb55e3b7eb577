"""Your code goes backward from a result that nothing connects with a, and fails.

.item(), for example, makes a number of Python, which has no history, so nothing leads back to a (2.5.3,
2.5.4).

Fails: accepts_its_arguments
"""

import torch


def control_flow_gradient(a):
    leaf = a.detach().clone().requires_grad_()
    b = torch.tensor((leaf * 2).item())
    while b.norm() < 1000:
        b = b * 2
    c = b if b.sum() > 0 else 100 * b
    c.backward()
    return leaf.grad
