"""Your save_hyperparameters raises an error for an object whose class has no __init__ of its own.

Such a class has its parent's: a search along the classes, for the __init__ that called, passes over those that
haven't written one (3.2.1).

Fails: parent_and_child_each_keep_their_arguments
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        frame = inspect.currentframe().f_back
        for base in type(self).__mro__:
            if vars(base)['__init__'].__code__ is frame.f_code:
                break
        names = list(inspect.signature(base.__init__).parameters)[1:]
        for name in names:
            if not name.startswith('_') and name not in ignore:
                setattr(self, name, frame.f_locals[name])
