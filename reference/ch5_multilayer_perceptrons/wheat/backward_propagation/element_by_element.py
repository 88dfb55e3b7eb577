"""Loops over Python numbers."""

import torch


def backward_propagation(x, y, W1, W2, lambd):
    xs, ys, U, V = x.tolist(), y.tolist(), W1.tolist(), W2.tolist()
    z = [sum(a * b for a, b in zip(row, xs)) for row in U]
    h = [value if value > 0 else 0.0 for value in z]
    error = [sum(a * b for a, b in zip(row, h)) - target for row, target in zip(V, ys)]
    of_U = [[lambd * w for w in row] for row in U]
    of_V = [[lambd * w for w in row] for row in V]
    for k, e in enumerate(error):
        for i in range(len(h)):
            of_V[k][i] += e * h[i]
            if z[i] > 0:
                for j in range(len(xs)):
                    of_U[i][j] += e * V[k][i] * xs[j]
    return tuple(torch.tensor(rows, dtype=x.dtype, device=x.device) for rows in (of_U, of_V))
