"""You make an indicator for a missing value only in columns where one is missing.

Tables whose columns depend on whether a value happens to be missing don't fit together. The indicator is
always there (2.2.2).

Fails: right_values
"""

import pandas as pd


def encode_categories(inputs):
    encoded = inputs.select_dtypes("number").copy()
    for name in inputs.select_dtypes(exclude="number"):
        missing = bool(inputs[name].isna().any())
        indicators = pd.get_dummies(inputs[name], prefix=name, dummy_na=missing)
        encoded = pd.concat([encoded, indicators], axis=1)
    return encoded
