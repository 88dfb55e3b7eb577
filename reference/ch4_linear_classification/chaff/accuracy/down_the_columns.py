"""You look for the largest score in each column.

A column belongs to a class and holds one score from each example. Each row is an example, and its largest score is the
prediction: dim=1 (4.3.2).

Fails: accepts_its_arguments
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.argmax(dim=0) == Y).float()
    return hits.mean() if averaged else hits
