"""Your tensors lack the rows in which a number is missing.

Deleting them is the other way to deal with gaps, and costs examples. Here a missing number is replaced by its
column's mean; every row stays (2.2.2).

Fails: right_shape
"""


def preprocess(path):
    data = load_table(path)
    data = data.dropna(subset=data.select_dtypes("number").columns)
    inputs, targets = split_inputs_targets(data)
    return to_tensors(encode_categories(inputs), targets)
