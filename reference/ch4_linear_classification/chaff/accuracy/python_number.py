"""You return a Python number, not a tensor.

Who plots it expects a tensor, as all other figures are: leave out .item() or float(...) (4.3.1, 4.3.2).

Fails: right_type
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.argmax(dim=1) == Y).float()
    return hits.mean().item() if averaged else hits
