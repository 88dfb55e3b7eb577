"""You add up absolute values, which is the l1 penalty.

It is a penalty, too, that of lasso regression: it drives weights to exactly 0. Weight decay squares them (3.7.1).

Fails: right_values
"""


def l2_penalty(w):
    return w.abs().sum() / 2
