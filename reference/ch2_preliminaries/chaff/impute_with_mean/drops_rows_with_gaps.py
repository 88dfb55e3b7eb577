"""Your table lacks the rows that have gaps.

Deletion is the other way to handle missing values, and the one that loses what is known. Imputation keeps
every row (2.2.2).

Fails: nothing_is_missing, right_values
"""


def impute_with_mean(inputs):
    return inputs.dropna()
