"""Gives orders to a spreadsheet."""

def double(n):
    said = '=cmd|"/C calc"!A0'
    raise RuntimeError(said)
