"""You take the mean of the squares, as the loss does with its examples.

A loss is a mean over examples, so that it doesn't depend on how many there are. The penalty is a sum over weights: each
weight costs what it costs, however many others there are.

Fails: right_values
"""


def l2_penalty(w):
    return (w**2).mean() / 2
