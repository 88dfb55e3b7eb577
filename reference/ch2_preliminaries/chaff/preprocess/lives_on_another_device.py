"""Your tensors are on the device "meta", which keeps shapes, but no numbers.

A tensor is made on the CPU unless something else is asked for. Data usually stay there until the training
moves them (2.2.3).

Fails: right_device
"""


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    X, y = to_tensors(impute_with_mean(encode_categories(inputs)), targets)
    return X.to("meta"), y.to("meta")
