"""Your step() leaves a parameter where it is if one before it has no gradient.

Often a break (or return) leaves the loop there, where only this one parameter is to be passed over: continue does that.
A parameter that the loss doesn't depend on has no gradient, and the next ones may have one (3.4.3).

Fails: each_step_follows_its_own_gradient
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            if param.grad is None:
                break
            param -= self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
