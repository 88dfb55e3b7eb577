"""2 and 2.015625 pass for equal in your answer.

Perhaps you allow for small differences, or cut decimals off. Rounding is far smaller than 1/64, and
transposing rounds nothing: elements can be compared exactly (2.3.3).

Fails: right_values
"""


def is_symmetric(A):
    return bool(((A - A.T).abs() < 0.5).all())
