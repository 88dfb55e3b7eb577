"""You make a column of the caller's own vector.

unsqueeze_ ends in _, and so it changes a itself: after your call it is no vector any more. unsqueeze, without
the _, returns a new tensor (2.1.4, 2.1.5).

Fails: leaves_arguments_alone
"""


def broadcast_sum(a, b):
    a.unsqueeze_(1)
    return a + b
