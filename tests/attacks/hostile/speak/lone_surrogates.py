"""Says what can't be encoded."""

def double(n):
    raise RuntimeError('\ud800\udfff')
