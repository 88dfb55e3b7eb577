"""You split off the last row instead of the last column.

`iloc` with a single index selects rows. Columns are its second index, with a colon in the place of the first:
`iloc[:, ...]` (2.2.2).

Fails: right_values, the_inputs_are_all_columns_but_the_last
"""


def split_inputs_targets(data):
    return data.iloc[:-1], data.iloc[-1]
