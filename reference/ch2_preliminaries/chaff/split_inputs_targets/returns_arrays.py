"""You return NumPy arrays.

Without names and with one dtype for all columns, it is hard to tell which columns hold words and must be
encoded. Stay with tables until the end (2.2.3).

Fails: right_type
"""


def split_inputs_targets(data):
    return data.iloc[:, :-1].values, data.iloc[:, -1].values
