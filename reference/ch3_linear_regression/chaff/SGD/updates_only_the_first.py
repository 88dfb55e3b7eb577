"""You update only the first parameter.

Often a return (or a break) is one level too deep, and ends the loop after its first round. A model of a single
parameter trains all the same. A step moves every parameter in the list (3.4.3).

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
