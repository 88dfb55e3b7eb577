"""You make indicators for missing values only where a word is missing somewhere in the table.

Then all columns of words have one. Tables whose columns depend on whether a value happens to be missing don't fit
together. For each column of words the indicator is always there (2.2.2).

Fails: right_values
"""

import pandas as pd


def encode_categories(inputs):
    words = inputs.select_dtypes(exclude="number")
    return pd.get_dummies(inputs, dummy_na=bool(words.isna().to_numpy().any()))
