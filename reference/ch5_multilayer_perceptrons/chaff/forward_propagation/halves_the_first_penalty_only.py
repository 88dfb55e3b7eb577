"""You multiply the squares of W1 by lambd / 2, and those of W2 by nothing.

Usually the parentheses around the sum are missing. With lambd = 2 it makes no difference. The penalty is lambd / 2
times the sum of both (5.3.1).

Fails: right_values, without_a_loss_the_objective_is_the_penalty
"""

import torch


def forward_propagation(x, y, W1, W2, lambd):
    z = torch.mv(W1, x)
    h = torch.relu(z)
    o = torch.mv(W2, h)
    L = ((o - y) ** 2).sum() / 2
    s = lambd / 2 * (W1**2).sum() + (W2**2).sum()
    return z, h, o, L + s
