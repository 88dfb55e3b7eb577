"""You leave out rows in which every value is missing.

Every line of the file is a row of the table. A row of gaps still says that there was a house (2.2.1).

Fails: right_values
"""

import pandas as pd


def load_table(path):
    return pd.read_csv(path).dropna(how="all").reset_index(drop=True)
