"""You write the sum into x and return another one.

After total = x + y there are two tensors, and you copy one into the other and return the wrong one: x is the
one to return (2.1.5).

Same as: returns_a_copy

Fails: what_comes_back_is_what_was_given
"""


def add_in_place(x, y):
    total = x + y
    x[:] = total
    return total
