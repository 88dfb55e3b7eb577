"""You keep only one of several equal rows.

Two houses may well be alike, and each of them counts: a row that comes again need not be a mistake in the
data (2.2.2).

Fails: right_shape
"""

def preprocess(path):
    data = load_table(path).drop_duplicates()
    inputs, targets = split_inputs_targets(data)
    return to_tensors(impute_with_mean(encode_categories(inputs)), targets)
