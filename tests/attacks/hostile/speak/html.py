"""Gives orders to a browser."""

def double(n):
    raise RuntimeError('<script>alert(1)</script>')
