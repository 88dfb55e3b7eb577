"""Your indicators are named without their column: Slate instead of RoofType_Slate.

get_dummies gives the bare names of the categories to a single column, for example. Two columns with the same
category, or with missing values, then share a name: let `prefix` tell them apart (2.2.2).

Fails: right_values, each_row_has_one_category
"""

import pandas as pd


def encode_categories(inputs):
    encoded = inputs.select_dtypes("number")
    for name in inputs.select_dtypes(exclude="number"):
        encoded = pd.concat([encoded, pd.get_dummies(inputs[name], dummy_na=True)], axis=1)
    return encoded
