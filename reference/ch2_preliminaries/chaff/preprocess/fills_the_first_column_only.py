"""You fill the gaps of the first column, and of no other.

In the book's table only one input is a number. Other tables may have more, each with gaps and a mean of its
own (2.2.2).

Fails: right_values, it_leaves_no_gap
"""

def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    inputs = encode_categories(inputs)
    first = inputs.columns[0]
    inputs[first] = inputs[first].fillna(inputs[first].mean())
    return to_tensors(inputs, targets)
