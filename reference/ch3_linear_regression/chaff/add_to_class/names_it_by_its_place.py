"""You register the function under its __qualname__, which says where it is defined, too.

At the top of a notebook that is its name. Within another function it is "outer.<locals>.do", and no method do is found.
The name alone is function.__name__ (3.2.1).

Fails: accepts_its_arguments
"""


def add_to_class(Class):
    def wrapper(obj):
        setattr(Class, obj.__qualname__, obj)
        return obj
    return wrapper
