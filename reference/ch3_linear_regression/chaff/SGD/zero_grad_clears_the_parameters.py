"""Your zero_grad() sets the parameters themselves to zero, along with their gradients.

`param.data.zero_()` and `param.grad.zero_()` differ by one word. The first forgets everything learned so far:
only the gradient is to be cleared (3.4.3).

Fails: zero_grad_is_fine_before_any_backward, each_step_follows_its_own_gradient
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            param -= self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            param.data.zero_()
            param.grad = None
