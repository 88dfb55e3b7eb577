"""Returns the first integer that is too large for a tensor."""

def double(n):
    return 2**63
