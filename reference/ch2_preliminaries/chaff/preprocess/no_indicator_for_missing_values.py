"""Your X has no indicators for missing values.

get_dummies, for example, makes them only with `dummy_na=True`: a house whose roof nobody noted has a roof of
no kind otherwise. That it is missing is a category of its own (2.2.2).

Fails: right_shape
"""

import pandas as pd


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    return to_tensors(impute_with_mean(pd.get_dummies(inputs)), targets)
