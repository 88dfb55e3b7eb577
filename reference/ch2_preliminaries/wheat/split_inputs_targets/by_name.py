"""Asks the table for the name of its last column, and drops it from a copy."""


def split_inputs_targets(data):
    target = data.columns[-1]
    return data.drop(columns=target), data[target]
