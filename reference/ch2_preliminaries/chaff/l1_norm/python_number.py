"""You return a Python number, as, for example, .item() gives it.

It has the same value, but no gradient can flow through it, and it has lost its dtype. Leave it a tensor of
shape () (2.3.1).

Fails: right_type
"""


def l1_norm(x):
    return x.abs().sum().item()
