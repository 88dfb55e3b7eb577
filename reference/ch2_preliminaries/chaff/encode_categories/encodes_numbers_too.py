"""You make categories out of numbers, too.

get_dummies does so if `columns` names them. 3 rooms then have nothing more to do with 4 rooms than with 40.
Left alone, it encodes the columns of words (2.2.2).

Fails: right_values
"""

import pandas as pd


def encode_categories(inputs):
    return pd.get_dummies(inputs, columns=list(inputs.columns), dummy_na=True)
