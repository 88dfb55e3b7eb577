"""Each sum over the number of its elements, as the book explains it."""


def axis_means(A):
    return A.sum(axis=0) / A.shape[0], A.sum(axis=1) / A.shape[1], A.sum() / A.numel()
