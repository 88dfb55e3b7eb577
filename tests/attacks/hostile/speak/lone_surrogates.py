"""Says what can't be encoded."""

def double(n):
    said = '\ud800\udfff'
    raise RuntimeError(said)
