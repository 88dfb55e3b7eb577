"""You take the columns of words apart, and in pandas 3 there are none: no such column has the dtype object.

`inputs.dtypes == "object"` was right in pandas 2. Since pandas 3 columns of words have the dtype str, so nothing is left
for get_dummies. `inputs.select_dtypes(include=["object", "string"])` selects them in both, and
`pd.api.types.is_string_dtype(column)` asks one column (2.2.2).

Same as: selects_columns_of_objects

Only with: pandas>=3

Fails: accepts_its_arguments
"""

import pandas as pd


def encode_categories(inputs):
    is_word = inputs.dtypes == "object"
    words, numbers = inputs.columns[is_word], inputs.columns[~is_word]
    return pd.concat([inputs[numbers], pd.get_dummies(inputs[words], dummy_na=True)], axis=1)
