"""Your add_to_class returns nothing, and so there is nothing to decorate with.

`@add_to_class(A)` first calls add_to_class(A); what that returns is called with the function (3.2.1).

Fails: accepts_its_arguments
"""


def add_to_class(Class):
    def wrapper(obj):
        setattr(Class, obj.__name__, obj)
