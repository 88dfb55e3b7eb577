"""You fill gaps with the value that occurs most often, or the smallest of these.

That suits categories, which have no mean. Among numbers that are all different, it is just the smallest
(2.2.2).

Fails: right_values
"""


def impute_with_mean(inputs):
    return inputs.fillna(inputs.mode().iloc[0])
