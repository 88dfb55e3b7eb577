"""Only the first two elements count in your norm, and with a single one your code fails.

The example has two; other vectors have fewer or more (2.3.11).

Fails: accepts_its_arguments
"""


def l1_norm(x):
    return x[0].abs() + x[1].abs()
