"""Returns a tensor that lies about its size."""

import torch


class Lie(torch.Tensor):
    shape = (10**9,)

    def numel(self):
        return 0


def double(n):
    return torch.zeros(3).as_subclass(Lie)
