"""You return a NumPy array, which has no names and only one dtype for all columns.

Arrays are where the section ends, but on the way there the columns are still told apart by their names. A
table, a pandas DataFrame, keeps them (2.2.1).

Fails: right_type
"""

import pandas as pd


def load_table(path):
    return pd.read_csv(path).to_numpy()
