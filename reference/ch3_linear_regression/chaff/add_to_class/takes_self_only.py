"""Your method takes self and nothing else.

A function with further arguments can't be called through it. Register the function itself, or hand on
*args and **kwargs (3.2.1).

Fails: accepts_its_arguments
"""


def add_to_class(Class):
    def wrapper(obj):
        def method(self):
            return obj(self)
        setattr(Class, obj.__name__, method)
    return wrapper
