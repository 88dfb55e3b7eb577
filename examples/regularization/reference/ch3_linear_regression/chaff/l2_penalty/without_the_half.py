"""You leave out the half.

The sum of squares punishes the same weights, but twice as hard: its derivative is 2w, and with the half it is w, so
that lambd alone says how strong the decay is (3.7.1).

Fails: right_values
"""


def l2_penalty(w):
    return (w**2).sum()
