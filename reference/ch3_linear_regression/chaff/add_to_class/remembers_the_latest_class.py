"""Of two decorators made before either is used, the first adds nothing to its own class, where you want it.

Usually both add to the class that add_to_class was called with last, because it is kept under a global name, or
as an attribute of the function. A function inside of another one keeps the arguments of the call that made it
(3.2.1).

Fails: each_decorator_keeps_its_class
"""

def add_to_class(Class):
    add_to_class.Class = Class
    return register


def register(function):
    setattr(add_to_class.Class, function.__name__, function)
