"""You fill all gaps with one number, the mean of all numbers that stand in columns with gaps.

With gaps in a single column that is its mean. With more of them, rooms and prices are averaged together. Each
column has a mean of its own: `inputs.mean()` holds one for each (2.2.2).

Fails: right_values
"""

def impute_with_mean(inputs):
    known = [float(number) for name in inputs if inputs[name].isna().any() for number in inputs[name].dropna()]
    return inputs.fillna(sum(known) / len(known)) if known else inputs.copy()
