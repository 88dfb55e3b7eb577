"""Your method works on one and the same object, whichever object it is called on.

A method belongs to the class; the object on which it is called comes to it as self, a different one each time
(3.2.1).

Fails: right_values
"""


def add_to_class(Class):
    def wrapper(obj):
        setattr(Class, obj.__name__, obj.__get__(Class()))
    return wrapper
