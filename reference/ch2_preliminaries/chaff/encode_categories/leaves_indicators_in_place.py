"""You put the indicators where their column was.

It looks natural, and in a table whose words come last it makes no difference. get_dummies puts all indicators
behind the columns of numbers (2.2.2).

Fails: right_values
"""

import pandas as pd


def encode_categories(inputs):
    parts = []
    for name in inputs:
        column = inputs[[name]]
        is_number = pd.api.types.is_numeric_dtype(inputs[name])
        parts.append(column if is_number else pd.get_dummies(column, dummy_na=True))
    return pd.concat(parts, axis=1)
