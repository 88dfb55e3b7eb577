"""You put a 0 wherever a value is missing.

Then there are no NaNs to trip over, but a house with no rooms isn't a house whose rooms nobody counted. What
becomes of missing values is decided later, and differently for numbers and words (2.2.2).

Fails: NA_is_missing, right_values
"""

import pandas as pd


def load_table(path):
    data = pd.read_csv(path)
    return data.astype(object).where(data.notna(), 0).infer_objects()
