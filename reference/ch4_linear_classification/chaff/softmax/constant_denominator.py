"""The gradient of your result is wrong: it takes the sums of the exponentials for constants.

The values don't show it. But every score moves the whole row's sum, and so all probabilities of the row. Keep the
sums in the graph, without `.data`, `.detach()` or `no_grad` (2.5.3, 4.4.1).

Same as: cuts_off_the_sums

Fails: right_gradient
"""

import torch


def softmax(X):
    X_exp = torch.exp(X)
    with torch.no_grad():
        partition = X_exp.sum(dim=1, keepdim=True)
    return X_exp / partition
