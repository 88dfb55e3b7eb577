"""Your `averaged` has no default, and so accuracy(Y_hat, Y) can't be called.

Most callers want the average and say nothing (4.3.2).

Fails: accepts_its_arguments
"""

def accuracy(Y_hat, Y, averaged):
    hits = (Y_hat.argmax(dim=1) == Y).float()
    return hits.mean() if averaged else hits
