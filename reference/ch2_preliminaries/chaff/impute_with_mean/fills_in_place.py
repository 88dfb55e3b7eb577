"""Your code changes the caller's table.

With `inplace=True`, for example, the table that you were given is filled, and whoever called you can't tell
any more which values were measured. Without it, fillna returns a filled copy (2.2.2).

Fails: leaves_arguments_alone
"""


def impute_with_mean(inputs):
    inputs.fillna(inputs.mean(), inplace=True)
    return inputs
