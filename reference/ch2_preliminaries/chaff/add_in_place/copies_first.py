"""You return the right sum, and x is as it was before the call.

clone, for example, takes new memory, and what is added to it isn't added to x. It is x itself that you are
asked to change here, although elsewhere one had better not (2.1.5).

Same as: makes_a_new_tensor

Fails: the_sum_lies_where_x_lay
"""


def add_in_place(x, y):
    x = x.clone()
    x += y
    return x
