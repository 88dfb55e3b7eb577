"""Python's sums and lengths, of rows and columns that are tensors."""

def mean(parts):
    return sum(parts) / len(parts)


def axis_means(A):
    return mean(A), mean(A.T), mean([mean(row) for row in A])
