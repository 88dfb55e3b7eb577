"""You leave out the first category of each column.

`drop_first=True`, for example, saves a column that follows from the others, and statisticians often want it
so. Here every category has its indicator (2.2.2).

Fails: right_values, each_row_has_one_category
"""

import pandas as pd


def encode_categories(inputs):
    return pd.get_dummies(inputs, dummy_na=True, drop_first=True)
