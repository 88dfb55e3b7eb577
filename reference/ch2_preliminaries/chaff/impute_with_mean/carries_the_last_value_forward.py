"""You fill a gap with the value above it, or with the one below, if there is none above.

This is right for series in time, where yesterday tells about today. The rows of a table have no such order:
each gap of a column gets the column's mean (2.2.2).

Fails: right_values
"""


def impute_with_mean(inputs):
    return inputs.ffill().bfill()
