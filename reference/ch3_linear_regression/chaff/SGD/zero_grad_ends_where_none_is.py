"""Your zero_grad() leaves a gradient as it is where a parameter before it has none.

Often a break (or return) leaves the loop there, where only this one parameter is to be passed over: continue
does that. A parameter that the loss doesn't depend on has no gradient, and the next ones may have one (3.4.3).

Fails: zero_grad_is_fine_before_any_backward
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
            if param.grad is None:
                break
            param.grad.zero_()
