"""Your function returns None.

Usually it ends without `return`. In a notebook a cell shows its last line without being told; a function
gives back only what it returns (2.3.7).

Fails: right_type
"""


def normalize_rows(A):
    A / A.sum(axis=1, keepdims=True)
