"""Your code changes the caller's table.

Assigning to a column, `pop` and `inplace=True` change the table that you were given, and whoever called you
may have lost the words. Begin with a copy, or with a function that makes a new table (2.2.2).

Fails: leaves_arguments_alone
"""


def encode_categories(inputs):
    for name in list(inputs.select_dtypes(exclude="number").columns):
        column = inputs.pop(name)
        for category in sorted(column.dropna().unique()):
            inputs[f"{name}_{category}"] = column == category
        inputs[f"{name}_nan"] = column.isna()
    return inputs
