"""Calls the five functions one after the other, with a name for each result."""


def preprocess(path):
    data = load_table(path)
    inputs, targets = split_inputs_targets(data)
    encoded = encode_categories(inputs)
    filled = impute_with_mean(encoded)
    X, y = to_tensors(filled, targets)
    return X, y
