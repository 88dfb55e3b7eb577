"""You let PyTorch drop elements.

Its dropout draws a mask of its own, so that yours plays no part. The exercise is to apply the mask that you are given:
a product and a quotient.

Fails: right_values
"""


def dropout_layer(X, mask, dropout):
    return torch.nn.functional.dropout(X, dropout)
