"""You make no indicator for a missing value.

get_dummies, for example, makes one only with `dummy_na=True`. A row without a category has zeros in all
indicators of that column then, as if its roof were of no kind. That the roof type isn't known is a category
of its own (2.2.2).

Fails: right_values
"""

import pandas as pd


def encode_categories(inputs):
    return pd.get_dummies(inputs)
