"""Your function returns None.

Filling a copy in place is fine, for example, but the copy must come back: what stands after `return` is what
the caller gets (2.2.2).

Fails: right_type
"""


def impute_with_mean(inputs):
    filled = inputs.copy()
    filled.fillna(filled.mean(), inplace=True)
