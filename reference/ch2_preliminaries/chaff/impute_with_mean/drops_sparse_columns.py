"""You leave out columns that are mostly missing.

The table that comes back has the same columns: where one number is there, it is the mean, and fills all gaps
(2.2.2).

Fails: right_values
"""

def impute_with_mean(inputs):
    known = inputs.dropna(axis=1, thresh=(len(inputs) + 1) // 2)
    return known.fillna(known.mean())
