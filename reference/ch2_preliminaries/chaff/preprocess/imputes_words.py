"""Your code takes the mean of words, which fails.

Before the encoding there are columns of words, and they have no mean. Encode first; indicators do have one,
and no gaps (2.2.2).

Fails: accepts_its_arguments
"""


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    return to_tensors(encode_categories(impute_with_mean(inputs)), targets)
