"""No gap of your table is filled.

If you fill columns that you take out of it: `filled[name].fillna(..., inplace=True)` usually filled the
table, too, in pandas 2. Since pandas 3 a column that is taken out of a table behaves as a copy, and only that
is filled. Put the filled column back: `filled[name] = filled[name].fillna(...)` (2.2.2).

Only with: pandas>=3

Fails: right_values, nothing_is_missing
"""


def impute_with_mean(inputs):
    filled = inputs.copy()
    for name in filled.columns:
        filled[name].fillna(filled[name].mean(), inplace=True)
    return filled
