"""You average whatever `averaged` says.

With averaged=False the caller wants a number for each example, to weight or to sort them (4.3.2).

Fails: without_averaging_each_example_has_its_own
"""

def accuracy(Y_hat, Y, averaged=True):
    return (Y_hat.argmax(dim=1) == Y).float().mean()
