"""The methods come after the class, by a decorator that returns nothing, and a mask does what relu does."""

from torch import nn
import torch


def add_to_class(Class):
    def wrapper(obj):
        setattr(Class, obj.__name__, obj)

    return wrapper


class MLPScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        super().__init__()
        self.W1 = nn.Parameter(torch.empty(num_inputs, num_hiddens).normal_(0, sigma))
        self.b1 = nn.Parameter(torch.zeros(num_hiddens))
        self.W2 = nn.Parameter(torch.empty(num_hiddens, num_outputs).normal_(0, sigma))
        self.b2 = nn.Parameter(torch.zeros(num_outputs))


@add_to_class(MLPScratch)
def forward(self, X):
    H = torch.einsum("ni,ih->nh", X.reshape(X.shape[0], -1), self.W1) + self.b1
    H = H * (H > 0)
    return torch.einsum("nh,ho->no", H, self.W2) + self.b2
