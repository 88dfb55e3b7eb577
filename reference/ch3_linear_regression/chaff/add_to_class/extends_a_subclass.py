"""The class that you are given stays without the method, as if a new class had got it.

Objects made before, and whoever uses the class by its name, don't know a class that is derived from it. Change
the class itself (3.2.1).

Same as: names_it_obj

Fails: accepts_its_arguments
"""


def add_to_class(Class):
    def wrapper(obj):
        return type(Class.__name__, (Class,), {obj.__name__: obj})
    return wrapper
