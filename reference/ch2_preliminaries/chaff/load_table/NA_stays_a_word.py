"""In your table NA is a word of two letters, and nothing counts as missing.

With `keep_default_na=False`, for example, a column of numbers with a single gap becomes a column of words.
pandas has a list of words that stand for missing values, and NA is one of them (2.2.1).

Fails: NA_is_missing, right_values
"""

import pandas as pd


def load_table(path):
    return pd.read_csv(path, keep_default_na=False)
