"""Computes the transposed sum in a grid."""

import torch


def broadcast_sum(a, b):
    A, B = torch.meshgrid(a, b, indexing="xy")
    return (A + B).T
