"""You fill the gaps of the first column only.

In the book's table the rooms are the only numbers with gaps. In others any column may have some (2.2.2).

Fails: nothing_is_missing, right_values
"""


def impute_with_mean(inputs):
    name = inputs.columns[0]
    return inputs.fillna({name: inputs[name].mean()})
