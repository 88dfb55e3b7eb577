"""You return the targets first, and then the inputs.

Both parts are right, but whoever calls writes `inputs, targets = ...`, and gets them in the order in which
you return them (2.2.2).

Fails: right_type
"""


def split_inputs_targets(data):
    return data.iloc[:, -1], data.iloc[:, :-1]
