"""You make indicators for missing values only where something is missing in the table, be it a number.

Tables whose columns depend on whether a value happens to be missing don't fit together. For each column of words
the indicator is always there (2.2.2).

Fails: right_values
"""

import pandas as pd


def encode_categories(inputs):
    if inputs.notna().all(axis=None):
        return pd.get_dummies(inputs)
    return pd.get_dummies(inputs, dummy_na=True)
