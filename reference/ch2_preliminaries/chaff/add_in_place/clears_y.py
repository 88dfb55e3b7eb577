"""After your call y is 0.

Clearing what has been used may look tidy, as it is done with gradients. But y isn't yours: only x is to
change (2.1.5).

Fails: y_stays_as_it_is
"""


def add_in_place(x, y):
    x += y
    y.zero_()
    return x
