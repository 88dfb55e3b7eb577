"""Gaps among the numbers become NaN in your tensors: nothing is imputed, or what was imputed is not used.

A sum or product with NaN is NaN, so that a single one usually makes a model's whole loss NaN. Fill the gaps
after encoding, and go on with the table that `impute_with_mean` returns: it leaves its argument as it is. In
pandas 3 `inputs[name].fillna(..., inplace=True)`, which usually filled the table in pandas 2, fills only a
copy of the column: write `inputs[name] = inputs[name].fillna(...)` (2.2.2).

Fails: right_values, it_leaves_no_gap
"""


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    return to_tensors(encode_categories(inputs), targets)
