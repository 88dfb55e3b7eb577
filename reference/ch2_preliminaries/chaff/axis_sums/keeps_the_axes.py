"""Your sums down and along keep the axis that is summed.

keepdims=True does that, and it helps where the sums are broadcast afterwards. Here the axis is to go: (n,),
(m,) and () are the shapes (2.3.6, 2.3.7).

Fails: right_shape
"""


def axis_sums(A):
    return A.sum(axis=0, keepdims=True), A.sum(axis=1, keepdims=True), A.sum()
