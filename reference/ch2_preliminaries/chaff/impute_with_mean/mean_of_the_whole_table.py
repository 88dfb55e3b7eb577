"""You fill all gaps of a table with one number, the mean of the columns' means.

A mean of rooms, square metres and prices measures nothing. Each column has a mean of its own: `inputs.mean()`
is already the right one, a mean a column (2.2.2).

Fails: right_values
"""


def impute_with_mean(inputs):
    return inputs.fillna(inputs.mean().mean())
