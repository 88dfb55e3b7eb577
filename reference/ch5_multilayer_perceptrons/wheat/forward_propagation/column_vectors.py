"""Columns inside, vectors outside; the loss as a product."""


def forward_propagation(x, y, W1, W2, lambd):
    x, y = x.reshape(-1, 1), y.reshape(-1, 1)  # (d, 1), (q, 1)
    z = W1.mm(x)
    h = z * (z > 0)
    o = W2.mm(h)
    error = o - y
    J = 0.5 * (error.T @ error) + 0.5 * lambd * ((W1.T @ W1).trace() + (W2 @ W2.T).trace())
    return z.squeeze(1), h.squeeze(1), o.squeeze(1), J.squeeze()
