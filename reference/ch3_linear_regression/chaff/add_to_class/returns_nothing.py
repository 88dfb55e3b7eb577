"""Your method returns None, whatever the function returns.

Often a function around it calls it, and forgets the result. A method may well have one: register the function
itself, or return what it returns (3.2.1).

Fails: right_type
"""


def add_to_class(Class):
    def wrapper(obj):
        def method(self, *args, **kwargs):
            obj(self, *args, **kwargs)
        setattr(Class, obj.__name__, method)
    return wrapper
