"""A dataclass; steps of all parameters, then one in place for each."""

import dataclasses

import torch


@dataclasses.dataclass
class SGD:
    params: list
    lr: float

    def step(self):
        steps = [self.lr * p.grad for p in self.params]
        for p, step in zip(self.params, steps):
            p.data.copy_(p.data - step)

    def zero_grad(self):
        list(map(lambda p: setattr(p, "grad", None), self.params))
