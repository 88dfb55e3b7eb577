"""You make a new class that has the method, and leave the old one as it was.

Objects made before, and whoever uses the class by its name, don't know the new one. Change the class itself
(3.2.1).

Same as: names_it_obj

Fails: accepts_its_arguments
"""


def add_to_class(Class):
    def wrapper(obj):
        return type(Class.__name__, (Class,), {obj.__name__: obj})
    return wrapper
