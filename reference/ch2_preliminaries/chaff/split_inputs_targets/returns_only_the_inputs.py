"""You return the inputs only.

The target is asked for, too. A function can return both, with a comma between them (2.2.2).

Fails: right_type
"""


def split_inputs_targets(data):
    inputs, targets = data.iloc[:, :-1], data.iloc[:, -1]
    return inputs
