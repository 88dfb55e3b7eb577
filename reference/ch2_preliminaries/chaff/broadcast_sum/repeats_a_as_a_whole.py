"""You repeat a as a whole, one copy after the other, and cut that into rows.

a repeated n times begins with a[0], a[1], and so do your rows: row i holds other elements of a than a[i]. As a column, a is broadcast
by itself; repeat_interleave would repeat each element (2.1.4).

Fails: right_values
"""


def broadcast_sum(a, b):
    m, n = len(a), len(b)
    return a.repeat(n).reshape(m, n) + b
