"""Your function returns None.

Usually it ends without `return`. None counts as false, so that `if` makes every matrix asymmetric. In a
notebook a cell shows its last line without being told; a function gives back only what it returns (2.3.3).

Fails: right_type
"""


def is_symmetric(A):
    bool((A == A.T).all())
