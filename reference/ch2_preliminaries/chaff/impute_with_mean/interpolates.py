"""You fill a gap with what lies between the numbers above and below it, or with the nearest, if it has but one.

That may make sense for measurements in the order of time. Here the order of the rows says nothing: every gap
of a column gets the same number, its mean (2.2.2).

Fails: right_values
"""

def impute_with_mean(inputs):
    return inputs.astype(float).interpolate(limit_direction="both")
