"""Your inputs are the first two columns, and your target is the last one.

The book's table has two inputs. Another may have one or ten: they are all columns but the last, which is the
slice :-1 (2.2.2).

Fails: right_values, the_inputs_are_all_columns_but_the_last
"""


def split_inputs_targets(data):
    return data.iloc[:, :2], data.iloc[:, -1]
