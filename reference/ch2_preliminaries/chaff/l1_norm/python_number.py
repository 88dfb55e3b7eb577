"""You take the number out of the tensor, by .item().

It has lost its dtype, and no gradient can flow through it. Leave it a tensor of shape () (2.3.1).

Fails: right_type
"""


def l1_norm(x):
    return x.abs().sum().item()
