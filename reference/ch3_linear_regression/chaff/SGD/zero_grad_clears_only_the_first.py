"""Your zero_grad() clears the first gradient only; the others stay as they are.

Often a return stands inside the loop, which ends with its first round. backward adds to every .grad, so every
one must be cleared (3.4.3).

Fails: zero_grad_clears_every_gradient
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            param -= self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
            return
