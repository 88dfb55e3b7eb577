"""Not averaged, you return True and False.

Numbers are asked for, 1. and 0., which can be summed and averaged together with others. A comparison gives bool: turn
it into floating point before you decide about averaging (4.3.2).

Fails: without_averaging_each_example_has_its_own
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = Y_hat.argmax(dim=1) == Y
    return hits.float().mean() if averaged else hits
