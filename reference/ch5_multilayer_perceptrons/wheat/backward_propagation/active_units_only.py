"""Starts from the penalty, and adds the loss's part for the units that are awake, in tensors of its own."""


def backward_propagation(x, y, W1, W2, lambd):
    awake = W1 @ x > 0
    hidden = W1[awake] @ x
    error = W2[:, awake] @ hidden - y
    of_W1, of_W2 = W1 * lambd, W2 * lambd
    of_W1[awake] += (W2[:, awake].T @ error).outer(x)
    of_W2[:, awake] += error.outer(hidden)
    return [of_W1, of_W2]
