"""Python's own sum over rows, over columns, and over the rows' sums; a list of three."""


def axis_sums(A):
    down = sum(row for row in A)
    along = sum(column for column in A.T)
    return [down, along, sum(along)]
