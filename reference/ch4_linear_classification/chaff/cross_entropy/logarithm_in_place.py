"""You overwrite your caller's probabilities with their logarithms.

`log_` with its underscore writes into y_hat itself: whoever computes the accuracy next gets logarithms. Use `log`,
which makes a new tensor (2.1.5, 4.4.3).

Fails: leaves_arguments_alone
"""


def cross_entropy(y_hat, y):
    y_hat.log_()
    return -y_hat[range(len(y_hat)), y].mean()
