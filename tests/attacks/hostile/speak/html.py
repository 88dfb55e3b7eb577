"""Gives orders to a browser."""

def double(n):
    said = '<script>alert(1)</script>'
    raise RuntimeError(said)
