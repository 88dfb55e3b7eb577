"""Your method doesn't get the object as its self, as if it were a static method.

Then the first argument takes the place of the object, and one is missing in the end. A plain function in a
class is a method, and gets the object as self (3.2.1).

Fails: accepts_its_arguments
"""


def add_to_class(Class):
    def wrapper(obj):
        setattr(Class, obj.__name__, staticmethod(obj))
    return wrapper
