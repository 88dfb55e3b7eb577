"""You turn x into float32 before you add.

For a float32 tensor that does nothing. For any other it makes a copy in another dtype, and the sum goes into
that: add your y to x as it is (2.1.5).

Fails: right_dtype
"""


def add_in_place(x, y):
    x = x.float()
    x += y
    return x
