"""You divide the gradient by the length of the parameter, as if it were a sum over a minibatch.

Older versions of the book had a summed loss and divided by the batch size here. The loss is a mean now, its
gradient needs no division, and the first axis of a parameter counts features, not examples (3.4.2, 3.4.3).

Fails: right_values
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            n = param.shape[0] if param.dim() else 1
            param -= self.lr * param.grad / n

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
