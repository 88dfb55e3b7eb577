"""Only your second layer learns: the parameters of the first one stay as they are.

Perhaps they don't want gradients, or the hidden units are cut off from them, as by `.detach()`. Freezing layers is
for networks that were trained before. Here both layers learn (5.2.2).

Fails: one_step_is_one_gradient
"""

from torch import nn


class MLP(nn.Module):
    def __init__(self, num_outputs, num_hiddens, lr):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.LazyLinear(num_hiddens),
            nn.ReLU(),
            nn.LazyLinear(num_outputs),
        )

    def forward(self, X):
        scores = self.net(X)
        self.net[1].requires_grad_(False)
        return scores
