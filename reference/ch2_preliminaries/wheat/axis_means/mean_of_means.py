"""The mean of everything as the mean of the columns' means."""


def axis_means(A):
    down = A.mean(0)
    return down, A.T.mean(0), down.mean()
