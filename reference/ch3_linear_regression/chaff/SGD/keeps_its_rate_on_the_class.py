"""Your optimizers share their learning rate: that of the one that was made last.

Usually it is kept on the class, or under a global name. What is one object's own belongs to self (3.4.3).

Fails: two_optimizers_share_nothing
"""


class SGD:
    def __init__(self, params, lr):
        self.params = list(params)
        SGD.lr = lr

    def step(self):
        for param in self.params:
            param -= self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
