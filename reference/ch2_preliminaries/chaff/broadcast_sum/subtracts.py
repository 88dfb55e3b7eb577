"""Your elements are differences, and not sums.

Distances between all pairs are a favourite example of broadcasting. Here you are to add: a[i] + b[j] (2.1.4).

Fails: right_values
"""


def broadcast_sum(a, b):
    return a[:, None] - b[None, :]
