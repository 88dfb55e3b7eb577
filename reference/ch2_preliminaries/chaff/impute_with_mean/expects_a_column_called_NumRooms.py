"""You ask for a column called NumRooms, which only the book's table is sure to have.

There it is the only column of numbers with gaps. In other tables the columns have other names, and several
may have gaps: `inputs.mean()` is a mean for each of them (2.2.2).

Fails: accepts_its_arguments
"""


def impute_with_mean(inputs):
    return inputs.fillna({"NumRooms": inputs["NumRooms"].mean()})
