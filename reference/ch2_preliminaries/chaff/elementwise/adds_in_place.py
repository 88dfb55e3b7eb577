"""You add y to x in place, and go on from there.

x += y looks like a shorter x = x + y, but it writes into the tensor of whoever calls you. Use x + y, which
makes a new one (2.1.5).

Fails: leaves_arguments_alone
"""


def elementwise(x, y):
    old = x.clone()
    x += y
    return x, old - y, old * y, old / y, old**y
