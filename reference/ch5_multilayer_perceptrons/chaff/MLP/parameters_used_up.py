"""After its first steps, your network stops learning.

Perhaps parameters() gives an iterator that was made once: the first step finds the parameters in it, every later step
finds nothing. Make a new list on each call, or keep the method that nn.Module has (5.2.2).

Fails: it_learns_to_recognise_clothes
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.learned = None
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.LazyLinear(num_hiddens),
            nn.ReLU(),
            nn.LazyLinear(num_outputs),
        )

    def forward(self, X):
        scores = self.net(X)
        if self.learned is None:
            self.learned = super().parameters()
        return scores

    def parameters(self):
        return self.learned
