"""In your result a runs along the rows, again and again, and not down each column.

a repeated n times begins with a[0], a[1], and if that is cut into rows, row i holds other elements of a than
a[i]. As a column, a is broadcast by itself; repeat_interleave would repeat each element (2.1.4).

Fails: right_values
"""


def broadcast_sum(a, b):
    m, n = len(a), len(b)
    return a.repeat(n).reshape(m, n) + b
