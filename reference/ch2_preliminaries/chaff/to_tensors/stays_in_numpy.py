"""You return NumPy arrays.

They hold the same numbers, but know neither gradients nor GPUs. One call more makes them tensors (2.2.3).

Fails: right_type
"""


def to_tensors(inputs, targets):
    return inputs.to_numpy(dtype=float), targets.to_numpy(dtype=float)
