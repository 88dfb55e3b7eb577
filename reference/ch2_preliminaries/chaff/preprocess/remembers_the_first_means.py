"""You fill the gaps of one table with the means of another, which had a column of the same name.

Something keeps the means from call to call, for example a global name. Each file has its own, which your
function has to compute anew (2.2.2).

Fails: right_values
"""


MEANS = {}


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    inputs = encode_categories(inputs)
    for name, mean in inputs.mean().items():
        MEANS.setdefault(name, mean)
    return to_tensors(inputs.fillna(MEANS), targets)
