"""What is in .grad stays after your zero_grad(), as if only a local name were given new zeros.

`grad = torch.zeros_like(grad)` looks like an assignment to the gradient, but it only gives the name another
meaning. Write into the tensor, or assign to param.grad (2.1.5, 3.4.3).

Same as: zero_grad_does_nothing

Fails: zero_grad_clears_every_gradient
"""

import torch


class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            param -= self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            grad = param.grad
            if grad is not None:
                grad = torch.zeros_like(grad)
