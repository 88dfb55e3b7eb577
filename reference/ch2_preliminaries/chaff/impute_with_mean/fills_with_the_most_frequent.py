"""You fill gaps with the value that occurs most often.

That suits categories, which have no mean. Among numbers, which may all be different, it is just the smallest (2.2.2).

Fails: right_values
"""


def impute_with_mean(inputs):
    return inputs.fillna(inputs.mode().iloc[0])
