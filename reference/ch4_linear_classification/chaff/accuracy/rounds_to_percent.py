"""You round the accuracy to whole percent.

Round when you print it; whoever computes with it needs all digits (4.3.2).

Fails: right_values
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.argmax(dim=1) == Y).double()
    return (hits.mean() * 100).round() / 100 if averaged else hits
