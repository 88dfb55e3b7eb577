"""You divide each gradient by its length, so a step is equally long close to the minimum and far from it.

A gradient tells a direction, and a length of lr seems to be what the rate is for. But the gradient's length
matters: it is what makes steps shrink towards a minimum where the loss is smooth. A step is -lr times the gradient
itself (3.4.3).

Fails: right_values
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            param -= self.lr * param.grad / (param.grad.norm() + 1e-12)

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
