"""The initial weights are scaled after they are drawn, relu is torch's, and addmm adds the biases."""

from torch import nn
import torch
import torch.nn.functional as F


class MLPScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        super().__init__()
        self.num_inputs = num_inputs
        self.W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens) * sigma)
        self.b1 = nn.Parameter(torch.zeros(num_hiddens))
        self.W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs) * sigma)
        self.b2 = nn.Parameter(torch.zeros(num_outputs))

    def forward(self, X):
        H = F.relu(torch.addmm(self.b1, X.view(-1, self.num_inputs), self.W1))
        return torch.addmm(self.b2, H, self.W2)
