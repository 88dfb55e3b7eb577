"""You multiply by the learning rate twice, so a rate of 0.1 moves the parameters by 0.01 times the gradient.

With a small rate training often converges all the same, only slowly, so a falling loss doesn't show it. One
step is -lr times the gradient (3.4.3).

Fails: right_values
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            update = self.lr * param.grad
            param -= self.lr * update

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
