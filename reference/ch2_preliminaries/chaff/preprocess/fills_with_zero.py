"""You fill gaps with 0 instead of the column's mean.

Zero makes the NaNs disappear, but a house without rooms is an odd one. The mean is usually a better guess at
what nobody noted (2.2.2).

Fails: right_values
"""


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    return to_tensors(encode_categories(inputs).fillna(0), targets)
