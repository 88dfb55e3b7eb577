"""The sum is right, but it lies in new memory, and the tensor of whoever calls you is as it was before.

x = x + y makes a new tensor and only gives it the name x. clone makes a new tensor, too, and what is added to
that isn't added to x. += and add_ write into the memory that x has (2.1.5).

Fails: the_sum_lies_where_x_lay
"""


def add_in_place(x, y):
    x = x + y
    return x
