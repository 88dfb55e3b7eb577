"""You divide the scores themselves by their sum.

The rows do sum to 1 then, unless their scores sum to 0, but scores can be negative, and so can your results; and
adding a constant to all scores changes them. The exponential makes every element positive first (4.1.1.2 and
4.4.1).

Fails: right_values, a_constant_added_to_all_scores_changes_nothing
"""


def softmax(X):
    return X / X.sum(dim=1, keepdim=True)
