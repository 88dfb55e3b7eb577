"""Your step leaves the parameters on another device than the one where it found them.

Tensors are easily made on whatever device comes first, or moved to save memory. But the model that owns the
parameters computes where its data are: an optimizer changes values, never places (3.4.3).

Fails: right_device
"""

import torch


class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            stepped = (param - self.lr * param.grad).to("meta").requires_grad_()
            torch.utils.swap_tensors(param, stepped)

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
