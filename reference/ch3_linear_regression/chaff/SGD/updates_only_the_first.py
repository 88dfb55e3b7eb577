"""You update only the first parameter: the loop returns after its first round.

With a return (or a break) one level too deep, a model without a bias trains perfectly. A step moves every
parameter in the list (3.4.3).

Fails: right_values
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            param -= self.lr * param.grad
            return self

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
