"""Where the average is asked for, you return a number for each example.

Perhaps the mean is missing, or the two branches of `averaged` are mixed up. averaged=True gives one number, and it is
the default (4.3.2).

Fails: right_shape
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.argmax(dim=1) == Y).float()
    return hits if averaged else hits.mean()
