"""You copy a and b to the full size, but b in the wrong direction.

repeat makes b long enough, but the reshape fills row by row: b[j] belongs into column j in every row, and you
put each number of b into a row of its own (2.1.4).

Fails: right_values
"""


def broadcast_sum(a, b):
    m, n = len(a), len(b)
    return a.reshape(m, 1) + b.repeat_interleave(m).reshape(m, n)
