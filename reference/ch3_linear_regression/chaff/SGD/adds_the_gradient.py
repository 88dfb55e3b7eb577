"""You add the gradient, so a step climbs the loss instead of descending it.

"Update by lr times the gradient" sounds like an addition, and a single small step shows little difference. The
gradient points to where the loss grows: subtract it (3.4.3).

Fails: right_values
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            param += self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
