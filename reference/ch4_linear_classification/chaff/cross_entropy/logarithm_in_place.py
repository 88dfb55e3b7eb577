"""Your code changes y_hat itself, which is your caller's.

Whoever called you has other numbers in y_hat afterwards. Usually that comes from `-=` and the like, from an
assignment to elements, or from a method whose name ends in an underscore: all of these write into the tensor
that you were given. `a - b` makes a new one, and `y_hat.clone()` is a copy to work on (2.1.5, 4.4.3).

Fails: leaves_arguments_alone
"""


def cross_entropy(y_hat, y):
    y_hat.log_()
    return -y_hat[range(len(y_hat)), y].mean()
