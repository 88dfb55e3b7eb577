"""You fill a gap with the value above it.

This is right for series in time, where yesterday tells about today. The rows of a table have no such order, and a gap in the
first row has nothing above it (2.2.2).

Fails: right_values
"""


def impute_with_mean(inputs):
    return inputs.ffill().bfill()
