"""You fill gaps with the mean rounded to a whole number.

Nobody has half a room, but a mean isn't somebody's number of rooms. It stays as it is (2.2.2).

Fails: right_values
"""


def impute_with_mean(inputs):
    return inputs.fillna(inputs.mean().round())
