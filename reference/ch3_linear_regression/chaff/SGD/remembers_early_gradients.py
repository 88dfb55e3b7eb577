"""You look at the gradients when the optimizer is made, and keep what was there: None.

A gradient exists only after a backward pass, and each pass may put another tensor into .grad. Look it up in
step(), when it is needed (3.4.3; 2.5 on automatic differentiation).

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
