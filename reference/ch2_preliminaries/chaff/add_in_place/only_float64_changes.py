"""Where x is float32, what you return is as x was, without the sum.

Perhaps y is added to x.double(): for a tensor of float64 that is x itself, for any other a copy. Add to x, whatever
its dtype is (2.1.5).

Fails: right_values
"""

def add_in_place(x, y):
    same_or_copy = x.double()
    same_or_copy += y.double()
    return x
