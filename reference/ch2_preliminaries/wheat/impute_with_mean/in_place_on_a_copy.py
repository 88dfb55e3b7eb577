"""Copies first, then fills the copy in place."""


def impute_with_mean(inputs):
    inputs = inputs.copy()
    inputs.fillna(inputs.mean(numeric_only=True), inplace=True)
    return inputs
