"""Your step finds None where a gradient should be, and fails.

Perhaps it keeps what was in .grad when the optimizer was made, or asks a tensor that isn't the parameter
itself. A gradient exists only after a backward pass, and each pass may put another tensor into .grad: look it
up in step(), when it is needed (3.4.3; 2.5 on automatic differentiation).

Fails: accepts_its_arguments
"""

class SGD:
    def __init__(self, params, lr):
        self.pairs = [(param, param.grad) for param in params]
        self.lr = lr

    def step(self):
        for param, grad in self.pairs:
            param -= self.lr * grad

    def zero_grad(self):
        for param, _ in self.pairs:
            if param.grad is not None:
                param.grad.zero_()
