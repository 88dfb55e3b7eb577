"""Never comes back from a multiplication."""

def double(n):
    return 9**9**9
