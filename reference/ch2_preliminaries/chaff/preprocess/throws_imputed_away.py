"""Your X has NaN where numbers are missing, as if nothing had been imputed.

If you do impute: `impute_with_mean` leaves its argument as it is and returns a new table. Give that one a
name, or hand it on at once (2.2.2).

Same as: forgets_to_impute

Fails: right_values, it_leaves_no_gap
"""


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    inputs = encode_categories(inputs)
    impute_with_mean(inputs)
    return to_tensors(inputs, targets)
