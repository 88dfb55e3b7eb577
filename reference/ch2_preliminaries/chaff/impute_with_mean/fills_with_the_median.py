"""You fill gaps with the column's median.

The median may be the wiser choice, since a single palace hardly moves it. But in general it isn't the mean,
which is what this function promises (2.2.2).

Fails: right_values
"""


def impute_with_mean(inputs):
    return inputs.fillna(inputs.astype(float).median())
