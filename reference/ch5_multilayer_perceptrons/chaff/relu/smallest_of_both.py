"""You take the smaller of x and 0, and so keep the negative elements.

torch.min and torch.max are easily mixed up, and clamp(max=0) sounds like a maximum. ReLU is max(x, 0): clamp(min=0)
(5.1.2.1).

Fails: right_values
"""


def relu(X):
    return X.clamp(max=0)
