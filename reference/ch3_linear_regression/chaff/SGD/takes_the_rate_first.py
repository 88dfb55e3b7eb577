"""Your SGD loops over the learning rate, as if that were the parameters.

Often its constructor takes the rate first and the parameters second. Within your own code that works. But the
contract is SGD(params, lr), as in the book and in torch.optim: who calls it that way hands over a list as rate,
and a number to loop over (3.4.3).

Fails: accepts_its_arguments
"""

class SGD:
    def __init__(self, lr, params):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            param -= self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
