"""Your sums of rows count as constants: the values don't show it, but the gradient is wrong.

Each element moves the sum of its row, and so all shares in it. That is lost where the sums are computed under
no_grad, are detached, or are numbers of Python, for example (2.5.3).

Fails: right_gradient
"""

def normalize_rows(A):
    return A / A.detach().sum(dim=1, keepdim=True)
