"""You subtract the whole gradient, whatever the learning rate is.

Nothing complains, and with a learning rate of 1 the result is even right. A step is lr times the gradient; the
whole gradient usually leads far beyond the minimum (3.4.3).

Fails: right_values
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            param -= param.grad

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
