"""The layers are attributes of their own, and forward calls one after another."""

from torch import nn
import torch.nn.functional as F


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.hidden = nn.LazyLinear(num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        return self.output(F.relu(self.hidden(X.flatten(start_dim=1))))
