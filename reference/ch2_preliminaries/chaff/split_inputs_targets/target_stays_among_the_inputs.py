"""You leave the target among the inputs.

The model would then be told the price that it should predict, and could predict it perfectly, until it meets
a house whose price nobody knows. The inputs are all columns but the last (2.2.2).

Fails: right_values, the_inputs_are_all_columns_but_the_last
"""


def split_inputs_targets(data):
    return data, data.iloc[:, -1]
