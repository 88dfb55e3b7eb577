"""The row's number times the length of a row, plus the column's."""

import torch


def range_matrix(rows, cols):
    i, j = torch.meshgrid(torch.arange(rows), torch.arange(cols), indexing="ij")
    return (i * cols + j).type(torch.FloatTensor)
