"""You take the negative and the exponential of X in X itself: neg_ and exp_.

The result is right, but whoever called you now has exp(-X) in X. Leave the underscores away (2.1.5, 5.1.2.2).

Same as: in_place
Fails: leaves_arguments_alone
"""


def sigmoid(X):
    E = X.neg_()
    E = E.exp_()
    return 1 / (1 + E)
