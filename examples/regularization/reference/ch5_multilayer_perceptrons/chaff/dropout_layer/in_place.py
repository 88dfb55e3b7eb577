"""You write zeros into X itself.

The result is right, but the hidden units that you were given are changed, and whoever computed them may still need
them, as backpropagation does. Make a new tensor: multiply by the mask.

Fails: leaves_arguments_alone
"""


def dropout_layer(X, mask, dropout):
    with torch.no_grad():
        X[~mask] = 0
    return X / (1 - dropout)
