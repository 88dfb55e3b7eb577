"""Writes the indicators by hand, as floats: a comparison for each category, isna for missing values."""


def encode_categories(inputs):
    encoded = inputs.select_dtypes("number").copy()
    for name in inputs.select_dtypes(exclude="number"):
        column = inputs[name]
        for category in sorted(column.dropna().unique()):
            encoded[f"{name}_{category}"] = (column == category).astype(float)
        encoded[name + "_nan"] = column.isna().astype(float)
    return encoded
