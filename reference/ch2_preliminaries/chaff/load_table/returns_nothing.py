"""Your function looks at the table, but returns nothing.

In a notebook the last line of a cell is shown, and looks like a result. Whoever calls a function gets what stands
after `return`; without one, that is None (2.2.1).

Fails: right_type
"""

import pandas as pd


def load_table(path):
    data = pd.read_csv(path)
    data.head()
