"""Puts the axis that the sum dropped back by unsqueeze."""


def normalize_rows(A):
    return A / A.sum(1).unsqueeze(1)
