"""transpose and permute instead of .T."""

import torch


def transpose_sum(A, B):
    return torch.transpose(A, 0, 1) + B.permute(1, 0)
