"""Your mean counts gaps as zeros.

What counts is the sum of the numbers that are there, divided by how many these are. Divided by the number of
all rows, the mean comes out too near to 0; filling gaps with 0 before the mean does the same. pandas' mean
skips gaps by itself (2.2.2).

Fails: right_values, means_stay_as_they_are
"""


def impute_with_mean(inputs):
    return inputs.fillna(inputs.fillna(0).mean())
