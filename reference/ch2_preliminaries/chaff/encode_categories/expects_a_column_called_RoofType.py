"""You ask for a column called RoofType, which only the book's table is sure to have.

In the notebook there is no other column of words. In general there may be none or several, with other names:
they are told by their dtype (2.2.2).

Fails: accepts_its_arguments
"""

import pandas as pd


def encode_categories(inputs):
    return pd.get_dummies(inputs, columns=["RoofType"], dummy_na=True)
