"""Your constructor takes no argument by the name of lr.

`SGD(params, lr=0.1)` fails then: names are part of the signature, and the optimizers of PyTorch have this one
(3.4.3).

Fails: two_optimizers_share_nothing
"""

class SGD:
    def __init__(self, params, learning_rate):
        self.params, self.lr = params, learning_rate

    def step(self):
        for param in self.params:
            param -= self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
