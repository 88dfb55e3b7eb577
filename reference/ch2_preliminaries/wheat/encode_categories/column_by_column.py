"""Encodes each column of words on its own, and puts the tables side by side."""

import pandas as pd


def encode_categories(inputs):
    words = [name for name in inputs.columns if not pd.api.types.is_numeric_dtype(inputs[name])]
    parts = [inputs.drop(columns=words)]
    for name in words:
        parts.append(pd.get_dummies(inputs[name], prefix=name, dummy_na=True))
    return pd.concat(parts, axis=1)
