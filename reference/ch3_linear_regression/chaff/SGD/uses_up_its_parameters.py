"""Only the first step() or zero_grad() of your optimizer does anything: later ones leave all as it is.

Perhaps the parameters are kept as an iterator, such as iter, filter, map or a generator gives: whoever goes through
it first uses it up, and nothing is left for the next, without an error. Keep a list of them (3.4.3).

Fails: each_step_follows_its_own_gradient
"""

class SGD:
    def __init__(self, params, lr):
        self.params = (param for param in params)
        self.lr = lr

    def step(self):
        for param in self.params:
            param -= self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
