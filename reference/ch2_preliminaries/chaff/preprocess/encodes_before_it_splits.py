"""Your y is the last column of the encoded table, and where there are words, that isn't the target.

Encoding puts the indicators behind all numbers, the target among them. Split off after that, the last column
is an indicator, and the target stays among the inputs. Split first (2.2.2).

Fails: right_values
"""


def preprocess(path):
    data = impute_with_mean(encode_categories(load_table(path)))
    inputs, targets = split_inputs_targets(data)
    return to_tensors(inputs, targets)
