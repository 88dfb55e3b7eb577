"""You return the squared difference between probabilities and one-hot labels, averaged over the examples.

Squared errors were the loss of linear regression (3.1). For classes the loss is the mean of -log p of the right class
(4.1.2, 4.4.3).

Fails: right_values
"""

import torch.nn.functional as F


def cross_entropy(y_hat, y):
    return ((y_hat - F.one_hot(y, y_hat.shape[1]).to(y_hat.dtype)) ** 2).sum(dim=1).mean()
