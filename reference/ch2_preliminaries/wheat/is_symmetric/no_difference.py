"""No element differs from its mirror image."""

def is_symmetric(A):
    return not (A - A.T).any()
