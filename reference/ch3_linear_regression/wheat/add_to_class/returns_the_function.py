"""A class with __call__; the decorated name stays the function."""


class add_to_class:
    def __init__(self, Class):
        self.Class = Class

    def __call__(self, function):
        type.__setattr__(self.Class, function.__name__, function)
        return function
