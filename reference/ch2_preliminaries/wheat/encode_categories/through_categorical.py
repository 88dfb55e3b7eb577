"""Makes categorical columns first, in a copy."""

import pandas as pd


def encode_categories(inputs):
    inputs = inputs.copy()
    words = [c for c in inputs if inputs[c].dtype.kind == "O"]
    for c in words:
        inputs[c] = inputs[c].astype("category")
    return pd.get_dummies(inputs, columns=words, dummy_na=True, dtype="uint8")
