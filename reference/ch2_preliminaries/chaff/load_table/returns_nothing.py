"""Your function prints the table, but returns nothing.

In a notebook both look alike, since a cell shows its last value. Whoever calls a function gets what stands
after `return`; without one, that is None (2.2.1).

Fails: right_type
"""

import pandas as pd


def load_table(path):
    data = pd.read_csv(path)
    print(data)
