"""Fills a matrix of zeros, element by element."""

import torch


def range_matrix(rows, cols):
    X = torch.zeros((rows, cols))
    count = 0
    for i in range(rows):
        for j in range(cols):
            X[i, j] = count
            count += 1
    return X
