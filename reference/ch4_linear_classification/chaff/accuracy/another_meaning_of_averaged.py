"""With averaged=True, given explicitly, you return a number for each example.

As if it counted whether `averaged` was given at all: where it isn't, you average. Look at the value of the argument
(4.3.2).

Fails: averaging_can_be_asked_for
"""

def accuracy(Y_hat, Y, averaged=None):
    hits = (Y_hat.argmax(dim=1) == Y).float()
    return hits.mean() if averaged is None else hits
