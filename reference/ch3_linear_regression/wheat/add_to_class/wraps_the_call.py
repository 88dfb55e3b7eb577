"""Registers a function that passes everything on."""

import functools


def add_to_class(Class):
    def decorator(function):
        @functools.wraps(function)
        def method(self, *args, **kwargs):
            return function(self, *args, **kwargs)

        setattr(Class, function.__name__, method)
        return method

    return decorator
