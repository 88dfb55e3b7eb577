"""You fill a gap with the value above it, or with the one below, if there is none above.

This often suits series in time, where yesterday tells about today. Here the order of the rows says nothing:
each gap of a column gets the column's mean (2.2.2).

Fails: right_values
"""


def impute_with_mean(inputs):
    return inputs.ffill().bfill()
