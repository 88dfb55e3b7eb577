"""x holds the sum, as it should, but you return a second tensor with it.

After total = x + y, for example, there are two tensors, also if one is copied into the other: x is the one to
return (2.1.5).

Same as: returns_a_copy

Fails: what_comes_back_is_what_was_given
"""


def add_in_place(x, y):
    total = x + y
    x[:] = total
    return total
