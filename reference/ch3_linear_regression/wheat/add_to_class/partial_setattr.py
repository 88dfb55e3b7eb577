"""A lambda that sets the attribute."""


add_to_class = lambda Class: lambda function: setattr(Class, function.__name__, function)
