"""Your steps are cut off from x and the weights: their values are right, but no gradient flows back through them.

That happens in NumPy, with Python's numbers, after detach and under no_grad: what comes out knows nothing of where it
came from, and J.backward() has nothing to differentiate. Compute with the tensors themselves (2.5.3, 5.3.2).

Fails: gradients_flow_through_every_step
"""

import numpy as np
import torch


def forward_propagation(x, y, W1, W2, lambd):
    a, b, U, V = (t.detach().cpu().numpy().astype(np.float64) for t in (x, y, W1, W2))
    z = U.dot(a)
    h = np.maximum(z, 0)
    o = V.dot(h)
    J = 0.5 * np.linalg.norm(o - b) ** 2 + 0.5 * lambd * (np.linalg.norm(U) ** 2 + np.linalg.norm(V) ** 2)
    return tuple(torch.as_tensor(t).to(x) for t in (z, h, o, J))
