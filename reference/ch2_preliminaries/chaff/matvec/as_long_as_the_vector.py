"""You compute as many elements as x has, and your code fails where A has fewer rows.

With a square A that is right. The result has an element for each row of A: it is len(A) long, and x as long
as a row (2.3.9).

Fails: accepts_its_arguments
"""

import torch


def matvec(A, x):
    y = torch.zeros_like(x)
    for i in range(len(y)):
        y[i] = torch.dot(A[i], x)
    return y
