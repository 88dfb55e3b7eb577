"""Writes zeros into a copy."""


def dropout_layer(X, mask, dropout):
    kept = X.clone()
    kept[mask.logical_not()] = 0
    return kept / (1 - dropout)
