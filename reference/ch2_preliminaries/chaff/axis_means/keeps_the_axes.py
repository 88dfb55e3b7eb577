"""Your means down and along keep the axis that is averaged.

keepdim=True does that, and it helps where means are broadcast afterwards. Here the axis is to go: (n,), (m,)
and () are the shapes (2.3.6, 2.3.7).

Fails: right_shape
"""


def axis_means(A):
    return A.mean(0, keepdim=True), A.mean(1, keepdim=True), A.mean()
