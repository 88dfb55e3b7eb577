"""Selects columns with a list of booleans."""


def split_inputs_targets(data):
    is_input = [i < len(data.columns) - 1 for i in range(len(data.columns))]
    return data.loc[:, is_input], data.iloc[:, -1].copy()
