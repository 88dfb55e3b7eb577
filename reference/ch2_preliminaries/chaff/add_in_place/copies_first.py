"""You add in place, but into a copy.

clone makes a new memory, and x is as before. It is x itself that you are asked to change here, although
elsewhere one had better not (2.1.5).

Same as: makes_a_new_tensor

Fails: the_sum_lies_where_x_lay
"""


def add_in_place(x, y):
    x = x.clone()
    x += y
    return x
