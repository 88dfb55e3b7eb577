"""Your code changes the caller's table.

`pop`, for example, returns a column and removes it, which seems just what is needed, but the table belongs to
whoever calls you: call it twice, and the second time another column is gone. Work on a copy, or select
(2.2.2).

Fails: leaves_arguments_alone
"""


def split_inputs_targets(data):
    targets = data.pop(data.columns[-1])
    return data, targets
