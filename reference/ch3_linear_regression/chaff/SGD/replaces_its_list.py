"""Nothing that the model holds is changed by your step, as if the new tensors stayed in the optimizer's list.

The optimizer's own parameters may change when you look at them, but then they are no longer the model's. An
update writes into the tensors that it was given (2.1.5 on saving memory, and 3.4.3).

Same as: makes_new_tensors

Fails: right_values
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        self.params = [param - self.lr * param.grad for param in self.params]

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
