"""You return the mean of the log-probabilities, without the minus.

Logarithms of probabilities are negative or 0, so your loss is, too, and making it smaller makes the predictions
worse. The loss is the negative log-likelihood (4.1.2, 4.4.3).

Fails: right_values
"""

import torch


def cross_entropy(y_hat, y):
    return torch.log(y_hat[range(len(y_hat)), y]).mean()
