"""Your code changes a itself, which is your caller's.

A method whose name ends in _ changes the tensor that it is called on: after unsqueeze_, for example, a is no
vector any more. unsqueeze, without the _, returns a new tensor (2.1.4, 2.1.5).

Fails: leaves_arguments_alone
"""


def broadcast_sum(a, b):
    a.unsqueeze_(1)
    return a + b
