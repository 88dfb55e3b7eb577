"""Your zero_grad() fails where a parameter has no gradient yet: before the first backward, .grad is None.

Called after a backward it works. But a training loop calls it before its first backward: the usual order begins
with zero_grad, and in the book's loop it stands between the loss and backward. Ask whether there is a gradient
first (3.4.3).

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
            param.grad.zero_()
