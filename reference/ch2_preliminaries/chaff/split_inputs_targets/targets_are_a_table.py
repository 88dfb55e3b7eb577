"""Your targets are a table of one column, not a Series.

A slice or a list of columns, even of one, selects a table; a single position selects a Series. It makes a difference in
the end: (n, 1) targets broadcast against (n,) predictions to (n, n) (2.2.2).

Fails: right_type
"""


def split_inputs_targets(data):
    return data.iloc[:, :-1], data.iloc[:, -1:]
