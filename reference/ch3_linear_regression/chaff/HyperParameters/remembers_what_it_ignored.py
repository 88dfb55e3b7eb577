"""You ignore a name ever after that was to be ignored once.

Usually the names are collected in a set on the class, or in a default argument, which all calls share. Each
call has an ignore of its own (3.2.1).

Fails: right_values
"""

import inspect


class HyperParameters:
    ignored = {"self"}

    def save_hyperparameters(self, ignore=[]):
        self.ignored.update(ignore)
        _, _, _, values = inspect.getargvalues(inspect.currentframe().f_back)
        for name, value in values.items():
            if name not in self.ignored and not name.startswith("_"):
                setattr(self, name, value)
