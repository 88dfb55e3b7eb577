"""You assign the sum to x.data.

The object is the same one, but it now has the memory of the sum, and whoever shares x's old memory sees
nothing of it: you have allocated what you were to save. x[:] = x + y writes into x (2.1.5).

Fails: the_sum_lies_where_x_lay
"""


def add_in_place(x, y):
    x.data = x + y
    return x
