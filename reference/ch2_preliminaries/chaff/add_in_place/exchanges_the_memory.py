"""After your call x lies in other memory than before, and the old numbers still stand where x lay.

Whoever shares x's old memory sees nothing of the sum, and you have allocated what you were to save. An
assignment to x.data, for example, does so. x[:] = x + y writes into x (2.1.5).

Fails: the_sum_lies_where_x_lay
"""


def add_in_place(x, y):
    x.data = x + y
    return x
