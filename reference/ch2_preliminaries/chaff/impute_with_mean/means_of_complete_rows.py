"""Your means are those of the complete rows: a number counts only if nothing else is missing beside it.

dropna(), for example, takes out a whole row for one gap. The mean of a column is that of all numbers in it (2.2.2).

Fails: right_values
"""

def impute_with_mean(inputs):
    return inputs.fillna(inputs.dropna().mean())
