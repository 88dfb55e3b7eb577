"""Your gradients are nearly right, but not exact, as difference quotients are.

Perhaps you change each weight a little, and divide the change of J by that of the weight. That is good for finding
mistakes and too rough to be the answer: many digits are lost in the difference. The chain rule needs two passes in
all (5.3.3, 5.3.4).

Fails: right_values
"""

import torch



def backward_propagation(x, y, W1, W2, lambd, step=1e-3):
    J = forward_propagation(x, y, W1, W2, lambd)[3]

    def slope(W):
        gradient = torch.zeros_like(W)
        for place in torch.cartesian_prod(*map(torch.arange, W.shape)).tolist():
            moved = [W1.clone(), W2.clone()]
            moved[W is W2][tuple(place)] += step
            gradient[tuple(place)] = (forward_propagation(x, y, *moved, lambd)[3] - J) / step
        return gradient

    return slope(W1), slope(W2)
