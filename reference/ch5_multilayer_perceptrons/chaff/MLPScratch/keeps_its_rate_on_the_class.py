"""Your networks share one learning rate: a new one changes that of the others.

What is written to the class, or to a global name, belongs to every object. Whoever trains two networks trains the first
one at the second's rate. self.lr belongs to this one (3.2.1, 5.2.1).

Fails: it_depends_on_its_own_weights_and_these_images
"""

import torch


class MLPScratch:
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        MLPScratch.lr = lr
        self.W1 = torch.normal(0, sigma, size=(num_inputs, num_hiddens), requires_grad=True)
        self.b1 = torch.zeros(num_hiddens, requires_grad=True)
        self.W2 = torch.normal(0, sigma, size=(num_hiddens, num_outputs), requires_grad=True)
        self.b2 = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return [self.W1, self.b1, self.W2, self.b2]

    def forward(self, X):
        H = torch.clamp(X.reshape(len(X), -1) @ self.W1 + self.b1, min=0)
        return H @ self.W2 + self.b2
