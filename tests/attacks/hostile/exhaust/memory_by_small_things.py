"""Hoards small things."""

def double(n):
    hoard = []
    while True:
        hoard = [hoard, {}]
