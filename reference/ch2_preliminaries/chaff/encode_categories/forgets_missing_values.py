"""You make no indicator for a missing value.

Without `dummy_na=True`, get_dummies leaves a row without a category with zeros everywhere, as if its roof were of
no kind. That the roof type isn't known is a category of its own (2.2.2).

Fails: right_values
"""

import pandas as pd


def encode_categories(inputs):
    return pd.get_dummies(inputs)
