"""Whether you average depends on whether `averaged` was given at all.

Asked for explicitly, with averaged=True, the caller gets a number for each example. Look at the value of the argument
(4.3.2).

Fails: averaging_can_be_asked_for
"""

def accuracy(Y_hat, Y, averaged=None):
    hits = (Y_hat.argmax(dim=1) == Y).float()
    return hits.mean() if averaged is None else hits
