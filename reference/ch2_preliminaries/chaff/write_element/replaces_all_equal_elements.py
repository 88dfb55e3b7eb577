"""You write the value into every element that equals the one at (row, col).

Where no number stands in X twice, that is a single element. Perhaps the old number is looked for by ==, which finds
all its equals. The two indices say one place, whatever stands elsewhere (2.1.2).

Fails: right_values
"""

def write_element(X, row, col, value):
    X.masked_fill_(X == X[row, col], value)
    return X
