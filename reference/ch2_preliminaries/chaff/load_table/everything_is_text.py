"""Every column of your table is text, numbers included.

`dtype=str`, for example, makes sure that nothing is changed on the way, but "2" is no number that one could
take a mean of. Left alone, pandas finds out which columns hold numbers (2.2.1).

Fails: right_values
"""

import pandas as pd


def load_table(path):
    return pd.read_csv(path, dtype=str)
