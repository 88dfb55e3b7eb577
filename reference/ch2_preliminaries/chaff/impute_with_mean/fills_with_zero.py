"""You fill gaps with 0.

Zero is no neutral value: a house without rooms would be a strange one. Gaps that are filled with the column's
mean leave this mean as it was (2.2.2).

Fails: right_values, means_stay_as_they_are
"""


def impute_with_mean(inputs):
    return inputs.fillna(0)
