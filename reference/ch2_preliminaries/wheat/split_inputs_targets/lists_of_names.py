"""Unpacks the names of the columns."""

def split_inputs_targets(data):
    *names, target = data.columns
    return data[names], data.get(target)
