"""Subtracts what is below 0."""


def relu(X):
    return X - X.clamp(max=0)
