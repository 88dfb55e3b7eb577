"""Multiplies by the reciprocal, and fills what is dropped."""


def dropout_layer(X, mask, dropout):
    return (X * (1.0 / (1.0 - dropout))).masked_fill(~mask, 0.0)
