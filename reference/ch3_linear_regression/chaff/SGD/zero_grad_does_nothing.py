"""Your zero_grad() leaves the gradients as they are.

Perhaps it gives new zeros to a local name only, which changes no tensor, or does nothing. There is no error,
and the first step is right. But backward adds to what is in .grad: from the second step on you follow the sum
of all gradients so far (2.1.5, 2.5, 3.4.3).

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
        pass
