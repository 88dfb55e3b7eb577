"""After a first batch, another number of images makes your model raise an error.

Perhaps the first batch's size is kept. The last minibatch of a data set is often smaller, and a trained model gets
single images. Take the number of images from X in each call, or let reshape find it by -1 (4.4.2).

Fails: it_depends_on_its_own_weights_and_these_images
"""

import torch


class SoftmaxRegressionScratch:
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        self.W = torch.normal(0, sigma, (num_inputs, num_outputs), requires_grad=True)
        self.b = torch.zeros(num_outputs, requires_grad=True)
        self.batch_size = None

    def parameters(self):
        return [self.W, self.b]

    def forward(self, X):
        if self.batch_size is None:
            self.batch_size = len(X)
        return softmax(X.reshape((self.batch_size, -1)) @ self.W + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)
