"""You fill a gap with what lies between the numbers above and below it, or with the nearest, if it has but one.

That makes sense for measurements in the order of time. Rows of houses have no order: every gap of a column
gets the same number, its mean (2.2.2).

Fails: right_values
"""

def impute_with_mean(inputs):
    return inputs.astype(float).interpolate(limit_direction="both")
