"""Gives orders to a spreadsheet."""

def double(n):
    raise RuntimeError('=cmd|"/C calc"!A0')
