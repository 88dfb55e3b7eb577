"""Your code changes the file that it is given.

If the word NA is taken out of it, for example, the numbers come out right, since an empty cell is missing,
too. But the file is your data: a function that is asked to read it leaves it as it was, or the next one reads
something else (2.2.1).

Fails: leaves_arguments_alone
"""


def preprocess(path):
    with open(path) as f:
        text = f.read()
    with open(path, "w") as f:
        f.write(text.replace("NA", ""))
    inputs, targets = split_inputs_targets(load_table(path))
    return to_tensors(impute_with_mean(encode_categories(inputs)), targets)
