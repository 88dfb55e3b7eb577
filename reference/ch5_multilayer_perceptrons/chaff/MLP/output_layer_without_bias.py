"""Your output layer has no bias.

Then the scores are 0 wherever all hidden units are. Perhaps bias=False was meant to make room for another bias,
which never came. The output layer has its own, b2, and a linear layer brings it along unless it is told not to
(5.1.1.3, 5.2.2).

Fails: accepts_its_arguments
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.lr = lr
        self.hidden = nn.LazyLinear(num_hiddens)
        self.output = nn.LazyLinear(num_outputs, bias=False)

    def forward(self, X):
        return self.output(nn.functional.relu(self.hidden(X.flatten(1))))
