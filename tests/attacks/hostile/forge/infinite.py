"""Returns a number with which tolerances may grow."""

def double(n):
    return float('inf')
