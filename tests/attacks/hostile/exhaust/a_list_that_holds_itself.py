"""Returns a list without end."""

def double(n):
    made = []
    made.append(made)
    return made
