"""You throw away every row that has a gap.

Deleting is one way to handle missing values, and the shortest to write, but it also throws away all values
that the row does have; of the book's four houses one remains. Loading keeps every row (2.2.2).

Fails: right_values
"""

import pandas as pd


def load_table(path):
    return pd.read_csv(path).dropna().reset_index(drop=True)
