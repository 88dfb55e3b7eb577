"""You add A and B, and leave the sum as it is.

With square matrices the shape doesn't give it away. Row i of the result should be what was column i before
(2.3.3).

Fails: right_shape
"""


def transpose_sum(A, B):
    return A + B
