"""Your hidden layer has no bias.

Then every hidden unit switches on and off at a plane through the black image. Perhaps the bias of the output layer
was to do for both: it can't, as there is a relu between them. A linear layer has a bias unless it is told not to
(5.1.1.3, 5.2.2).

Fails: accepts_its_arguments
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.lr = lr
        self.hidden = nn.LazyLinear(num_hiddens, bias=False)
        self.output = nn.LazyLinear(num_outputs)

    def forward(self, X):
        return self.output(nn.functional.relu(self.hidden(X.flatten(1))))
