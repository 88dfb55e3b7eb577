"""You return a list.

Vectors came in, and a vector should go out: with a list `+` and `*`, for example, mean something else (3.1.2).

Fails: right_type
"""


def add_with_loop(a, b):
    c = []
    for i in range(len(a)):
        c.append(float(a[i] + b[i]))
    return c
