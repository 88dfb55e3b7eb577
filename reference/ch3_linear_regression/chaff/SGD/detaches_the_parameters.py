"""After a step your parameters don't require gradients any more, so no second gradient comes to them.

detach_(), for example, silences the complaint about changing a leaf in place, for good. The caller has switched
gradients off around the step already: `-=` is enough, and leaves requires_grad as it was (3.4.3, 3.4.4).

Fails: each_step_follows_its_own_gradient
"""

class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            param.detach_()
            param -= self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
