"""Adds up columns of A times rows of B."""

import torch


def matmul(A, B):
    return sum(torch.outer(A[:, k], B[k]) for k in range(A.shape[1]))
