"""Each of your rows has ones up to its label, instead of a single one.

That encodes classes with an order, such as grades. Here every class is as far from every other one, with a single 1
(4.1.1).

Fails: each_row_has_a_single_one
"""

import torch


def one_hot(y, num_classes):
    return (torch.arange(num_classes) <= y[:, None]).float()
