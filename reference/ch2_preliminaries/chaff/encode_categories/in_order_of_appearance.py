"""Your indicators come in the order in which the categories appear in the table.

`unique` lists them so, and nothing is wrong with each column, but then the meaning of the second column
depends on the order of the rows. The indicators are sorted by name, the one for missing values last (2.2.2).

Fails: right_values
"""


def encode_categories(inputs):
    encoded = inputs.select_dtypes("number").copy()
    for name in inputs.select_dtypes(exclude="number"):
        for category in inputs[name].dropna().unique():
            encoded[f"{name}_{category}"] = inputs[name] == category
        encoded[f"{name}_nan"] = inputs[name].isna()
    return encoded
