"""Takes the last column out of a copy; the targets come without a name, in a list."""

import pandas as pd


def split_inputs_targets(data):
    inputs = data.copy()
    targets = inputs.pop(inputs.columns[-1])
    return [inputs, pd.Series(targets.tolist())]
