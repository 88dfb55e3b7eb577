"""You add up the losses of all examples, where their mean is asked for.

Then a batch twice as large has twice the loss, and the gradient grows with the batch size, as if the learning rate
did. The loss of a batch is the mean (4.4.3, 3.1.1.2).

Fails: right_values, the_same_examples_twice_change_nothing
"""

import torch


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y]).sum()
