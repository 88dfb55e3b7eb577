"""Your accuracy is a whole number: 0 unless everything is right.

A division without a remainder gives that, or a conversion to integers after the mean. Turn the hits into floating
point before you average (4.3.2).

Fails: right_dtype
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.argmax(dim=1) == Y).long()
    return hits.sum() // len(Y) if averaged else hits.float()
