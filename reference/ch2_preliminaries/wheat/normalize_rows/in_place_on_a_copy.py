"""Divides in place, but a copy."""


def normalize_rows(A):
    out = A.clone()
    for i in range(out.shape[0]):
        out[i] /= out[i].sum()
    return out
