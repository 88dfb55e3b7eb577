"""x is changed in place, as it should be, but what you return is another tensor.

Whoever goes on with a copy doesn't change x, and it takes the memory that was to be saved. Return x itself,
not a copy or a view, and not the sum that you wrote into it (2.1.5).

Fails: what_comes_back_is_what_was_given
"""


def add_in_place(x, y):
    x += y
    return x.clone()
