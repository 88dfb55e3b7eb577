"""Returns lists within lists."""

def double(n):
    made = []
    for _ in range(10**5):
        made = [made]
    return made
