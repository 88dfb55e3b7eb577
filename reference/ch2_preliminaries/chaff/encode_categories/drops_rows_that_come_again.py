"""You keep only one of several equal rows.

Two houses may well be alike, and each of them counts: a row that comes again need not be a mistake in the
data (2.2.2).

Fails: right_values
"""

import pandas as pd


def encode_categories(inputs):
    return pd.get_dummies(inputs, dummy_na=True).drop_duplicates(ignore_index=True)
