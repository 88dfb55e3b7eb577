"""Asks for integers instead of booleans."""

import pandas as pd


def encode_categories(inputs):
    return pd.get_dummies(inputs, dummy_na=True, dtype=int)
