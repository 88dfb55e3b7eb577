"""You don't keep an argument that is 0.

Often that comes from `if value:`, which asks for truth: None, False and what is empty are then dropped, too.
Such an argument is an argument, and whoever reads the attribute will miss it (3.2.1).

Fails: right_values
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        _, _, _, values = inspect.getargvalues(inspect.currentframe().f_back)
        for name, value in values.items():
            if value and name not in {"self", *ignore} and not name.startswith("_"):
                setattr(self, name, value)
