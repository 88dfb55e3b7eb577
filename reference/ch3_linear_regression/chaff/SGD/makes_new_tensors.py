"""Your step leaves the tensors that it was given as they were: the model learns nothing.

Often new tensors are made, for a name or the optimizer's list, and the model keeps the old ones. `param = param
- ...` and `param -= ...` look like the same statement: the first makes another tensor, the second writes into
the one that the model holds (2.1.5 on saving memory, and 3.4.3).

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
