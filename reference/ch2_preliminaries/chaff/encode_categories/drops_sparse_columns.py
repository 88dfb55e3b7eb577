"""You leave out columns that are mostly missing.

A missing value is a category of its own here: that nothing is known of a roof says something, too (2.2.2).

Fails: right_values
"""

import pandas as pd


def encode_categories(inputs):
    known = inputs.loc[:, inputs.notna().mean() > 0.4]
    return pd.get_dummies(known, dummy_na=True) if len(known.columns) else known
