"""You replace the curve by straight lines: x / 6 + 1/2, cut off at 0 and 1.

That is the hard sigmoid, which is cheaper to compute. The sigmoid itself is a smooth curve that never reaches 0 or 1
(5.1.2.2).

Fails: right_values
"""


def sigmoid(X):
    return (X / 6 + 0.5).clamp(0, 1)
