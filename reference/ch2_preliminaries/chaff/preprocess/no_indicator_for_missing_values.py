"""You make no indicators for missing values.

Without `dummy_na=True` a house whose roof nobody noted has a roof of no kind. That it is missing is a category of
its own (2.2.2).

Fails: right_shape
"""

import pandas as pd


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    return to_tensors(impute_with_mean(pd.get_dummies(inputs)), targets)
