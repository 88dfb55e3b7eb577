"""Your mean counts a number once that stands in its column several times.

A mean counts every value: that of 4, 4 and 7 is 5. Different values alone are what unique() and sets hold
(2.2.2).

Fails: right_values
"""

def impute_with_mean(inputs):
    filled = inputs.copy()
    for name in filled.columns:
        filled[name] = filled[name].fillna(filled[name].drop_duplicates().mean())
    return filled
