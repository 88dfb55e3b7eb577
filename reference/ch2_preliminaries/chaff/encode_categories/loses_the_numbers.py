"""Your table has the indicators only, and no columns of numbers.

Selecting the columns of words may be a good start, but the numbers are inputs, too: they come along as they
are (2.2.2).

Fails: right_values
"""

import pandas as pd


def encode_categories(inputs):
    encoded = pd.get_dummies(inputs, dummy_na=True)
    numbers = inputs.select_dtypes("number").columns
    return encoded.drop(columns=numbers)
