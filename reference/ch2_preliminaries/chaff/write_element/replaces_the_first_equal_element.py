"""You write the value into the first element, row by row, that equals the one at (row, col).

Where no number stands in X twice, that is the right one. Perhaps the old number is looked for, as index does in a
list. The two indices say the place already (2.1.2).

Fails: right_values
"""

def write_element(X, row, col, value):
    places = (X == X[row, col]).nonzero()
    i, j = places[0].tolist()
    X[i, j] = value
    return X
