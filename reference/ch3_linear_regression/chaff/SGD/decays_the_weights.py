"""Besides the gradient you subtract a share of the parameter itself.

That is weight decay, a good thing that has a section of its own (3.7). Plain SGD moves a parameter whose
gradient is zero nowhere (3.4.3).

Fails: right_values
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            param -= self.lr * (param.grad + 1e-4 * param)

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
