"""Your function is called without the method's arguments, as if it were registered as a property.

A property is called as soon as it is looked up, and what it returns would be called then. A plain function in a
class is a method by itself (3.2.1).

Fails: accepts_its_arguments
"""

def add_to_class(Class):
    def register(function):
        setattr(Class, function.__name__, property(function))

    return register
