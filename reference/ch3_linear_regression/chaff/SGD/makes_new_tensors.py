"""You bind new tensors to the loop variable; the model keeps the old ones, and nothing is learned.

`param = param - ...` and `param -= ...` look like the same statement. The first makes another tensor, the
second writes into the one that the model holds (2.1.5 on saving memory, and 3.4.3).

Fails: right_values
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            param = param - self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
