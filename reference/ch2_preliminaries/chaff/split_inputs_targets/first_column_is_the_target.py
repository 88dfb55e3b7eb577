"""You take the first column for the target.

Some files do begin with it. Here it is the last column, as in the book's table, where the price comes last
(2.2.2).

Fails: right_values, the_inputs_are_all_columns_but_the_last
"""


def split_inputs_targets(data):
    return data.iloc[:, 1:], data.iloc[:, 0]
