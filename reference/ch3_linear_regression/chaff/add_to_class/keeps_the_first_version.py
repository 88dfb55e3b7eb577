"""A method that is added a second time stays your first version.

Perhaps you register a function only where the class has none of that name. It seems careful, but a cell that is
run again with a corrected method changes nothing then. The latest definition counts (3.2.1).

Fails: a_later_version_replaces_an_earlier_one
"""


def add_to_class(Class):
    def wrapper(obj):
        if not hasattr(Class, obj.__name__):
            setattr(Class, obj.__name__, obj)
    return wrapper
