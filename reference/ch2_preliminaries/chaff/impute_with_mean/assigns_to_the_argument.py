"""After your call the caller's table isn't what it was.

A function's argument is the caller's object under another name, not a copy; assigning to one of its columns,
for example, changes it for both. Copy it first (2.2.2).

Same as: fills_in_place

Fails: leaves_arguments_alone
"""


def impute_with_mean(inputs):
    for name in inputs.columns:
        inputs[name] = inputs[name].fillna(inputs[name].mean())
    return inputs
