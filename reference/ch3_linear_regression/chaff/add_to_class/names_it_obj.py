"""Your class doesn't have the method under the function's own name afterwards.

Often it was registered under another name (one that is fixed, or __qualname__, which for a function within
another one is longer), or with another class, such as a new one that is derived from it. Change the class
itself, under function.__name__ (3.2.1).

Fails: accepts_its_arguments
"""


def add_to_class(Class):
    def wrapper(obj):
        Class.obj = obj
    return wrapper
