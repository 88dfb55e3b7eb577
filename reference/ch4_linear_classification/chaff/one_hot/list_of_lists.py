"""You return a list of lists.

The numbers are right, but a tensor can't be multiplied with a list. torch.tensor makes a tensor of it (4.1.1, 2.1).

Fails: right_type
"""

def one_hot(y, num_classes):
    return [[float(c == label) for c in range(num_classes)] for label in y.tolist()]
