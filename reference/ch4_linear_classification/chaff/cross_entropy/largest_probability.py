"""You take the largest probability of each row instead of that of the right class.

That is the prediction's confidence, and your loss is the same whatever the labels are. Only the probability of
the right class counts, also where the prediction is wrong (4.4.3).

Fails: right_values
"""

import torch


def cross_entropy(y_hat, y):
    return -torch.log(y_hat.max(dim=1).values).mean()
