"""In your result b runs along the rows with each element repeated, so that b[j] isn't in column j.

Repeated elements, as repeat_interleave gives them, fill the rows one by one. b[j] belongs in column j of
every row: as a row of shape (1, n), b is broadcast by itself (2.1.4).

Fails: right_values
"""


def broadcast_sum(a, b):
    m, n = len(a), len(b)
    return a.reshape(m, 1) + b.repeat_interleave(m).reshape(m, n)
