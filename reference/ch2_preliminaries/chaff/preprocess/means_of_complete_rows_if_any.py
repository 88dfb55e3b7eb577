"""Where some rows of inputs are complete, your means are those of these rows alone.

A number counts only if nothing else is missing beside it, for example because dropna() takes out a whole row for
one gap. The mean of a column is that of all numbers in it (2.2.2).

Same as: means_of_complete_rows

Fails: right_values
"""

def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    complete = inputs[inputs.notna().all(axis=1)]
    means = (inputs if complete.empty else complete).mean(numeric_only=True)
    return to_tensors(encode_categories(inputs.fillna(means)), targets)
