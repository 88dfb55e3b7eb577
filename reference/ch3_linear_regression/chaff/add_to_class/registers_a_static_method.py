"""You register the function as a static method.

Then nobody passes the object as self, and the first argument goes astray. A plain function in a class is a
method (3.2.1).

Fails: accepts_its_arguments
"""


def add_to_class(Class):
    def wrapper(obj):
        setattr(Class, obj.__name__, staticmethod(obj))
    return wrapper
