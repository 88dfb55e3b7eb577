"""Multiplies indices by comparison with every category, in NumPy."""

import numpy as np
import pandas as pd


def encode_categories(inputs):
    encoded = {}
    for name, column in inputs.items():
        if pd.api.types.is_numeric_dtype(column):
            encoded[name] = column
    for name, column in inputs.items():
        if name not in encoded:
            codes, categories = pd.factorize(column, sort=True, use_na_sentinel=True)
            table = np.eye(len(categories) + 1, dtype=bool)[codes]
            for j, category in enumerate([*categories, "nan"]):
                encoded[f"{name}_{category}"] = table[:, j]
    return pd.DataFrame(encoded, index=inputs.index)
