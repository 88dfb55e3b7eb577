"""Where the table has complete rows, your means are those of these rows alone.

A number counts only if nothing else is missing beside it, for example because dropna() takes out a whole row for
one gap. The mean of a column is that of all numbers in it (2.2.2).

Same as: means_of_complete_rows

Fails: right_values
"""

def impute_with_mean(inputs):
    complete = inputs[inputs.notna().all(axis=1)]
    return inputs.fillna((inputs if complete.empty else complete).mean())
