"""Returns the right digits as text."""

def double(n):
    return str(2 * n)
