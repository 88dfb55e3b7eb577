"""Has a type with an unspeakable name."""

def double(n):
    said = 'A\x1b[31m\n' * 9, (Exception,), {})('x'
    raise type(said)
