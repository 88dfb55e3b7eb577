"""Reads the names of the arguments from the caller's code object, and updates __dict__."""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=None):
        caller = inspect.stack(context=0)[1].frame
        code = caller.f_code
        count = code.co_argcount + code.co_kwonlyargcount
        skipped = {'self'} | set(ignore or [])
        self.__dict__.update(
            (name, caller.f_locals[name])
            for name in code.co_varnames[:count]
            if name not in skipped and not name.startswith('_')
        )
