"""Your networks share one num_inputs: a new one changes how the others take images apart.

What is written to the class, or to a global name, belongs to every object. One network alone seems right; of two, the
first cuts its images into rows of the second's length. self.num_inputs, or X.shape[0] rows, belong to this one
(3.2.1, 5.2.1).

Fails: it_depends_on_its_own_weights_and_these_images
"""

import torch


class MLPScratch:
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        MLPScratch.num_inputs = num_inputs
        self.W1 = torch.normal(0, sigma, size=(num_inputs, num_hiddens), requires_grad=True)
        self.b1 = torch.zeros(num_hiddens, requires_grad=True)
        self.W2 = torch.normal(0, sigma, size=(num_hiddens, num_outputs), requires_grad=True)
        self.b2 = torch.zeros(num_outputs, requires_grad=True)

    def parameters(self):
        return [self.W1, self.b1, self.W2, self.b2]

    def forward(self, X):
        H = torch.clamp(X.reshape(-1, self.num_inputs) @ self.W1 + self.b1, min=0)
        return H @ self.W2 + self.b2
