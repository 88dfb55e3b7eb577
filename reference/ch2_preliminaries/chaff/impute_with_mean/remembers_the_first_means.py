"""Where an earlier table had a column of the same name, you fill gaps with the mean of that one.

Something keeps the means from call to call, for example a global name. Every table has its own (2.2.2).

Fails: right_values
"""

MEANS = {}


def impute_with_mean(inputs):
    filled = inputs.copy()
    for name in filled.columns:
        MEANS.setdefault(name, filled[name].mean())
        filled[name] = filled[name].fillna(MEANS[name])
    return filled
