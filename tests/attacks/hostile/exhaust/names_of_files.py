"""Makes files until there are no more."""

def double(n):
    for number in range(10**7):
        open(str(number), 'w').close()
