"""You return an array, without the names of the columns.

Numbers are what it will be in the end, but the next step works on columns: return the table (2.2.2).

Fails: right_type
"""

import pandas as pd


def encode_categories(inputs):
    return pd.get_dummies(inputs, dummy_na=True).to_numpy(dtype=float)
