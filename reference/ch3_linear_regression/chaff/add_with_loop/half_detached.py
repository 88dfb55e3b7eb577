"""Your result is cut off from b: no gradient flows back to it.

Usually an element is taken out of its tensor by `.item()` or `float`, to be added as a number of Python. It can
be added as it is: `a[i] + b[i]` (2.5.3).

Fails: right_gradient
"""

def add_with_loop(a, b):
    c = a.clone()
    for i in range(len(a)):
        c[i] += b[i].item()
    return c
