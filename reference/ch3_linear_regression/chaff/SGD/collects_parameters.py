"""Your second optimizer moves the parameters of the first one, too.

Usually all of them collect in one list: it belongs to the class, or is a default value, and each new optimizer adds its own. What
is one object's own belongs to self (3.4.3).

Fails: two_optimizers_share_nothing
"""

class SGD:
    params = []

    def __init__(self, params, lr):
        self.params.extend(params)
        self.lr = lr

    def step(self):
        for param in self.params:
            if param.grad is not None:
                param.data -= self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
