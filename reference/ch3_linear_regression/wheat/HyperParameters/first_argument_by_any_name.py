"""Takes the signature of the __init__ in which the caller stands, found along the method resolution order."""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        frame = inspect.currentframe().f_back
        for base in type(self).__mro__:
            init = vars(base).get('__init__')
            if getattr(init, '__code__', None) is frame.f_code:
                break
        names = list(inspect.signature(init).parameters)[1:]
        for name in names:
            if not name.startswith('_') and name not in ignore:
                object.__setattr__(self, name, frame.f_locals[name])
