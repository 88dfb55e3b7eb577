"""You fill gaps with the means of an earlier table.

They are kept outside of the function and computed for a name of a column once. Every table has its own means (2.2.2).

Fails: right_values
"""

MEANS = {}


def impute_with_mean(inputs):
    filled = inputs.copy()
    for name in filled.columns:
        MEANS.setdefault(name, filled[name].mean())
        filled[name] = filled[name].fillna(MEANS[name])
    return filled
