"""Goes through the list by index, skips parameters without gradient, adds the negative in place."""


class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for i in range(len(self.params)):
            if self.params[i].grad is None:
                continue
            self.params[i].detach().add_(-(self.params[i].grad * self.lr))

    def zero_grad(self):
        for i in range(len(self.params)):
            if self.params[i].grad is None:
                continue
            self.params[i].grad.detach_()
            self.params[i].grad.fill_(0)
