"""You keep only one of several equal rows.

Two houses may well be alike, and each of them counts: a row that comes again need not be a mistake in the
data (2.2.2).

Fails: right_values
"""

def impute_with_mean(inputs):
    return inputs.fillna(inputs.mean()).drop_duplicates(ignore_index=True)
