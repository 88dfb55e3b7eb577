"""After your call y is 0.

Gradients are cleared when they have been used, and so that may look tidy. y isn't yours: only x is to change
(2.1.5).

Fails: y_stays_as_it_is
"""


def add_in_place(x, y):
    x += y
    y.zero_()
    return x
