"""Adds each row of a copy to the next one."""


def cumulative_sum(A):
    out = A.clone()
    for i in range(1, len(out)):
        out[i] += out[i - 1]
    return out
