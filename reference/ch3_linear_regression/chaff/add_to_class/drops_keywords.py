"""Arguments that are given by name don't reach your method: a call with them fails.

Registered in the class directly, the function would take all kinds of arguments. A function around it must hand
on **kwargs, too, besides *args (3.2.1).

Fails: all_kinds_of_arguments_reach_the_method
"""


def add_to_class(Class):
    def wrapper(obj):
        setattr(Class, obj.__name__, lambda self, *args: obj(self, *args))
    return wrapper
