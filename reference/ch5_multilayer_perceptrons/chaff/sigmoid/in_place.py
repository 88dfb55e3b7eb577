"""You compute step by step in X itself: neg_, exp_, add_.

It saves memory, and the result is right, but whoever called you has lost X. Leave the underscores away (2.1.5,
5.1.2.2).

Fails: leaves_arguments_alone
"""


def sigmoid(X):
    return X.neg_().exp_().add_(1).reciprocal()
