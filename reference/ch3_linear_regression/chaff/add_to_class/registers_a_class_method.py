"""Your method gets the class as its self, not the object on which it is called.

So it sees no attribute that a constructor has set; classmethod has this effect, for example. "Added to the
class" means for its objects: a plain function in a class is a method, and gets the object as self (3.2.1).

Fails: accepts_its_arguments
"""


def add_to_class(Class):
    def wrapper(obj):
        setattr(Class, obj.__name__, classmethod(obj))
    return wrapper
