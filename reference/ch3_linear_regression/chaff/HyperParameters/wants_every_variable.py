"""Your save_hyperparameters raises an error where the constructor has a variable without a value yet.

Its arguments are asked for; other variables may be missing when the constructor calls you. The code of a function names
all of its variables: of those the arguments come first, co_argcount and co_kwonlyargcount of them (3.2.1).

Fails: every_kind_of_argument_is_kept
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        frame = inspect.currentframe().f_back
        for name in frame.f_code.co_varnames:
            if name not in ignore and name != 'self' and not name.startswith('_'):
                setattr(self, name, frame.f_locals[name])
