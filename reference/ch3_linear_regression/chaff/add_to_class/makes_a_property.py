"""You register the function as a property.

It would be called without arguments, and its result be called then. A function in a class is a method by itself (3.2.1).

Fails: accepts_its_arguments
"""

def add_to_class(Class):
    def register(function):
        setattr(Class, function.__name__, property(function))

    return register
