"""You make an indicator for a missing value only in columns where one is missing, and sort it among the words.

Giving gaps the name "nan", for example, makes a category out of them, but tables whose columns depend on
whether a value happens to be missing don't fit together. The indicator is always there, and comes last
(2.2.2).

Fails: right_values
"""

import pandas as pd


def encode_categories(inputs):
    filled = inputs.copy()
    for name in filled.select_dtypes(exclude="number"):
        filled[name] = filled[name].fillna("nan")
    return pd.get_dummies(filled)
