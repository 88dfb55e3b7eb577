"""Your means are those of the rows in which no number is missing.

After encoding, no word is missing any more, and dropna(), for example, takes out the rows in which a number is.
Where none is left, there is no mean. The mean of a column is that of all numbers in it (2.2.2).

Fails: right_values
"""

def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    inputs = encode_categories(inputs)
    return to_tensors(inputs.fillna(inputs.dropna().mean()), targets)
