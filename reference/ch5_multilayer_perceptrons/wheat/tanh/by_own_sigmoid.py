"""Builds on the section's own sigmoid."""


def tanh(X):
    return 2 * sigmoid(2 * X) - 1
