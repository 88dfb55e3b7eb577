"""Your third argument isn't averaged: given by position, it means something else, or is refused.

By name it works. In the contract averaged is the third argument, as in the book, and may be given either way (4.3.2).

Fails: without_averaging_each_example_has_its_own, averaging_can_be_asked_for
"""


def accuracy(Y_hat, Y, *, averaged=True):
    hits = (Y_hat.argmax(dim=1) == Y).float()
    return hits.mean() if averaged else hits
