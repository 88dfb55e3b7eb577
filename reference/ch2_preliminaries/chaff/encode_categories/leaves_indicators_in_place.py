"""You put the indicators where their column was.

It looks natural, and in a table whose words come last it makes no difference. get_dummies puts all indicators behind
the columns of numbers (2.2.2).

Fails: right_values
"""

import pandas as pd


def encode_categories(inputs):
    columns = [inputs[[name]] for name in inputs]
    return pd.concat([pd.get_dummies(column, dummy_na=True) if column.select_dtypes("number").empty else column for column in columns], axis=1)
