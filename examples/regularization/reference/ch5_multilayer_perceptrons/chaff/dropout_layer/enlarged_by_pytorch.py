"""You let dropout of PyTorch find out how much is to be enlarged.

The values are right. But the exercise is to do without it: divide by 1 - dropout yourself.

Fails: from_scratch
"""


def dropout_layer(X, mask, dropout):
    torch.nn.functional.dropout(torch.ones(3), dropout)
    return mask * X / (1 - dropout)
