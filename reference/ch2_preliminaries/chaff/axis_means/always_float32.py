"""You turn A into float32 before you take the means.

It needs a floating dtype, and float() gives one, but A has one already, and digits that are dropped don't come back
(2.1.1, 2.3.6).

Fails: right_dtype
"""


def axis_means(A):
    numbers = A.float()
    return numbers.mean(axis=0), numbers.mean(axis=1), numbers.mean()
