"""A decorator made by functools.partial."""

import functools


def register(Class, function):
    setattr(Class, function.__name__, function)
    return getattr(Class, function.__name__)


def add_to_class(Class):
    return functools.partial(register, Class)
