"""Your result is right, but after the call X doesn't hold what it held before.

Perhaps the negative and the exponential are taken in X itself, by neg_ and exp_. Without the underscores both make a
new tensor (2.1.5, 5.1.2.2).

Same as: in_place
Fails: leaves_arguments_alone
"""


def sigmoid(X):
    E = X.neg_()
    E = E.exp_()
    return 1 / (1 + E)
