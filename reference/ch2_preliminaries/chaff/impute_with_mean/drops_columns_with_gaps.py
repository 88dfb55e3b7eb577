"""Your table lacks the columns that have gaps.

Then nothing is missing, except for these columns: one gap costs all values of its own. Imputation keeps every
column (2.2.2).

Fails: nothing_is_missing, right_values
"""


def impute_with_mean(inputs):
    return inputs.dropna(axis=1)
