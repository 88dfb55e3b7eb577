"""Small differences don't count in your answer: 2 and 2.015625 pass for equal.

Rounding is far smaller than that. A and its transpose hold the same numbers, without any arithmetic: they can
be compared exactly (2.3.3).

Fails: right_values
"""


def is_symmetric(A):
    return bool(((A - A.T).abs() < 0.5).all())
