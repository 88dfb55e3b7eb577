"""You ask for a column called Price, which only the book's table is sure to have.

A name is easier to read than a position, but here it is the position that makes a column the target: the
last one, whatever it is called (2.2.2).

Fails: accepts_its_arguments
"""


def split_inputs_targets(data):
    return data.drop(columns="Price"), data["Price"]
