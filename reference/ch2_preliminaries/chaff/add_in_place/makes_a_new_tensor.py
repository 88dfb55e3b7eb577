"""You write x = x + y, which makes a new tensor and gives it the name x.

The result is right, but the tensor of whoever calls you is as it was before. += and add_ write into the
memory that x has (2.1.5).

Fails: the_sum_lies_where_x_lay
"""


def add_in_place(x, y):
    x = x + y
    return x
