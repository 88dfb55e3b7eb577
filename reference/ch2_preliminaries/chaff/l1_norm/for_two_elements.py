"""You add the sizes of the first and the second element.

The example has two; other vectors have fewer or more (2.3.11).

Fails: accepts_its_arguments
"""


def l1_norm(x):
    return x[0].abs() + x[1].abs()
