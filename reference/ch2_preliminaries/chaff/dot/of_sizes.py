"""Your products are summed without their signs.

Products of numbers with different signs are negative, and pull the sum down: a dot product can be 0 for long
vectors (2.3.8).

Fails: right_values
"""


def dot(x, y):
    return (x * y).abs().sum()
