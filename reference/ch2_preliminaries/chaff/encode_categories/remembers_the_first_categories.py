"""Where an earlier table had a column of the same name, you use the categories of that one.

Something keeps them from call to call, for example a global name. Every table has its own words (2.2.2).

Fails: right_values
"""

import pandas as pd

CATEGORIES = {}


def encode_categories(inputs):
    encoded = inputs.select_dtypes("number").copy()
    for name in inputs.select_dtypes(exclude="number"):
        known = CATEGORIES.setdefault(name, sorted(inputs[name].dropna().unique()))
        for category in known:
            encoded[f"{name}_{category}"] = inputs[name] == category
        encoded[f"{name}_nan"] = inputs[name].isna()
    return encoded
