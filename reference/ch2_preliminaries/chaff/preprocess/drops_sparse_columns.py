"""You leave out columns that are mostly missing.

All inputs become columns of X: gaps among words have an indicator of their own, gaps among numbers the mean
(2.2.2).

Fails: right_shape
"""


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    known = inputs.dropna(axis=1, thresh=(len(inputs) + 1) // 2)
    if len(known.columns):
        inputs = known
    return to_tensors(impute_with_mean(encode_categories(inputs)), targets)
