"""In a float64 tensor, what you write is the value as float32 holds it.

Usually the value is made a tensor first: torch.tensor(0.1) is float32, whose nearest number is 0.10000000149. Assign the
Python number itself, or give the tensor dtype=X.dtype (2.1.2).

Fails: right_values
"""

def write_element(X, row, col, value):
    X[row, col] = torch.tensor(value, dtype=torch.float32)
    return X
