"""Where there is a single input, your inputs are a Series and no table.

squeeze, for example, makes a Series of one column, which is right for the target. The inputs stay a table,
however many they are (2.2.2).

Fails: right_type
"""


def split_inputs_targets(data):
    inputs, targets = data.iloc[:, :-1], data.iloc[:, -1:]
    return inputs.squeeze(axis=1), targets.squeeze(axis=1)
