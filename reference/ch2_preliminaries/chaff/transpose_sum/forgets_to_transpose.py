"""Your result is A + B, not transposed.

With square matrices the shape doesn't give it away. Row i of the result should be what was column i before
(2.3.3).

Fails: right_shape
"""


def transpose_sum(A, B):
    return A + B
