"""You fill the gaps in the caller's table.

With `inplace=True` nothing new is made: the table that you were given changes, and whoever called you can't tell any
more which values were measured. Without it, fillna returns a filled copy (2.2.2).

Fails: leaves_arguments_alone
"""


def impute_with_mean(inputs):
    inputs.fillna(inputs.mean(), inplace=True)
    return inputs
