"""You detach the weights, or make a Python number of the sum on the way.

The number is right. But no gradient flows back to the weights, so that training never hears of the penalty: keep to
operations on tensors, from w to the result.

Fails: right_gradient
"""


def l2_penalty(w):
    return (w.detach() ** 2).sum() / 2
