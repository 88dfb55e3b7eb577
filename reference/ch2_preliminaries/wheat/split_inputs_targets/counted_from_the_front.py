"""Counts columns from the front, as the book does, up to the number that there are."""


def split_inputs_targets(data):
    last = data.shape[1] - 1
    inputs, targets = data.iloc[:, 0:last], data.iloc[:, last]
    return inputs, targets
