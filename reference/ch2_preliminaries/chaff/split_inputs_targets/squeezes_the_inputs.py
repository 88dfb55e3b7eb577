"""You squeeze the inputs, so that a single one is a Series and no table.

squeeze is meant for the target, which is one column in any case. The inputs stay a table, however many they are
(2.2.2).

Fails: right_type
"""


def split_inputs_targets(data):
    inputs, targets = data.iloc[:, :-1], data.iloc[:, -1:]
    return inputs.squeeze(axis=1), targets.squeeze(axis=1)
