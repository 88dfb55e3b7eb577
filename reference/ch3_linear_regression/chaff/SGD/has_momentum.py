"""Your second step follows the gradient of the first one, too, and not the present one alone.

A running sum of gradients does so: that is momentum (12.6), and often trains faster; the first step is even the
same. But plain SGD knows only the gradient of this minibatch (3.4.3).

Fails: each_step_follows_its_own_gradient
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr
        self.velocity = [0 for _ in params]

    def step(self):
        for i, param in enumerate(self.params):
            self.velocity[i] = 0.9 * self.velocity[i] + param.grad
            param -= self.lr * self.velocity[i]

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
