"""You divide by dropout, the share of elements that go.

What stays is the share 1 - dropout, and that is what you divide by. At 0.5 both are the same, which hides it; at 0
yours can't be divided by at all (5.6.1).

Fails: right_values
"""


def dropout_layer(X, mask, dropout):
    return mask * X / max(dropout, 1e-3)
