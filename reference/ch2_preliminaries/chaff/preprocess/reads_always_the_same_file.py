"""You ask for the book's file, whichever file you are given.

In the notebook there is one file only. A function reads the one whose path it is given (2.2.1).

Fails: accepts_its_arguments
"""

import os


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(os.path.join("..", "data", "house_tiny.csv")))
    return to_tensors(impute_with_mean(encode_categories(inputs)), targets)
