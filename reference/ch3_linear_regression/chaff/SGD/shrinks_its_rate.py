"""After a step, the learning rate of your SGD is smaller than before.

A rate that decays is a schedule (12.11), and something that the caller decides about. This optimizer has one
rate, for all of its steps (3.4.3).

Fails: each_step_follows_its_own_gradient
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            param -= self.lr * param.grad
        self.lr *= 0.99

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
