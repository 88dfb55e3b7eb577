"""You take the word NA out of the file itself, and leave it changed for everybody.

An empty cell is missing, too, so the numbers come out right. But the file is your data: a function that is asked to
read it leaves it as it was, or the next one reads something else (2.2.1).

Fails: leaves_arguments_alone
"""


def preprocess(path):
    with open(path) as f:
        text = f.read()
    with open(path, "w") as f:
        f.write(text.replace("NA", ""))
    inputs, targets = split_inputs_targets(load_table(path))
    return to_tensors(impute_with_mean(encode_categories(inputs)), targets)
