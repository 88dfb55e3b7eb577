"""Your target is the third column, and your inputs are the first two, however many columns there are.

With two columns your code fails. The book's table has three, so 0:2 and 2 are its inputs and its target. The
target is the last column of any table, and the inputs are all others (2.2.2).

Fails: accepts_its_arguments
"""


def preprocess(path):
    data = load_table(path)
    inputs, targets = data.iloc[:, 0:2], data.iloc[:, 2]
    inputs = impute_with_mean(encode_categories(inputs))
    return to_tensors(inputs, targets)
