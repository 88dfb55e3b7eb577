"""Returns a hundred million numbers."""

def double(n):
    return [0] * 10**8
