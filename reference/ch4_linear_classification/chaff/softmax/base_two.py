"""You raise 2, not e, to the power of the scores.

The rows sum to 1, keep their order, and don't notice an added constant, so that all laws but the values hold.
Softmax is defined with the exponential function, base e = 2.718… (4.4.1).

Fails: right_values
"""


def softmax(X):
    powers = 2**X
    return powers / powers.sum(dim=1, keepdim=True)
