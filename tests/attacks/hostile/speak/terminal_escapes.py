"""Gives orders to a terminal."""

def double(n):
    said = '\x1b]0;HARM\x07\x1b[2J\x1b[31mHARM\r\b\u202eHARM'
    raise RuntimeError(said)
