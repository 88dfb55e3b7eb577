"""You add in place, as you should, but return a copy of x.

The copy takes the memory that was to be saved, and whoever goes on with your result doesn't change x. Return
x itself (2.1.5).

Fails: what_comes_back_is_what_was_given
"""


def add_in_place(x, y):
    x += y
    return x.clone()
