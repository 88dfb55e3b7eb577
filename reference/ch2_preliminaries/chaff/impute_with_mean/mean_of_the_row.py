"""You fill a gap with the mean of its row.

With axis=1, for example, a mean is taken along the columns: of the rooms, the area and the indicators of one
house, which have different units. The mean that fits is that of the same column in other rows (2.2.2).

Fails: right_values
"""


def impute_with_mean(inputs):
    numbers = inputs.astype(float)
    return numbers.T.fillna(numbers.mean(axis=1)).T
