"""In your table gaps among the numbers are 0.

They have to be filled, but not here: this step leaves numbers as they are, and the next one fills them, with
a mean instead of 0 (2.2.2).

Fails: right_values
"""

import pandas as pd


def encode_categories(inputs):
    encoded = pd.get_dummies(inputs, dummy_na=True)
    return encoded.fillna(0)
