"""Your function needs one more argument: accuracy(Y_hat, Y) can't be called.

Usually `averaged` has no default. Most callers want the average and say nothing (4.3.2).

Fails: accepts_its_arguments
"""

def accuracy(Y_hat, Y, averaged):
    hits = (Y_hat.argmax(dim=1) == Y).float()
    return hits.mean() if averaged else hits
