"""Your mean counts gaps as zeros.

Filling with 0 before taking the mean divides by the number of all rows instead of by the number of values that
are there, so the mean comes out too near to 0. pandas' mean skips gaps by itself (2.2.2).

Fails: right_values, means_stay_as_they_are
"""


def impute_with_mean(inputs):
    return inputs.fillna(inputs.fillna(0).mean())
