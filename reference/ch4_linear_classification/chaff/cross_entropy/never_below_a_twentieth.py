"""Where the probability of the right class is small, your loss is smaller than it should be.

Perhaps probabilities are raised to a least value, such as 0.05, so that the logarithm stays finite. A loss should be large
just there; an epsilon of 1e-6 or less is enough (4.1.2, 4.4.3).

Fails: right_values
"""

def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y].clamp(min=0.05)).mean()
