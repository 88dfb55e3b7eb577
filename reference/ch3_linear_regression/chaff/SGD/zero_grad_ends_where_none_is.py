"""Your zero_grad() ends at the first parameter that has no gradient; those after it keep theirs.

The break (or return) leaves the loop, where only this one parameter is to be passed over: continue does that. A
parameter that the loss doesn't depend on has no gradient, and the next ones do (3.4.3).

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
