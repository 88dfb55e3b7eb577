"""You keep the axes that are averaged, with keepdim=True.

That helps where means are broadcast afterwards. Here the axis is to go: (n,), (m,) and () are the shapes
(2.3.6, 2.3.7).

Fails: right_shape
"""


def axis_means(A):
    return A.mean(0, keepdim=True), A.mean(1, keepdim=True), A.mean()
