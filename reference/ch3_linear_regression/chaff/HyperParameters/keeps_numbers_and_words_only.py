"""You don't keep an argument that is a list, or None.

Perhaps only numbers and strings are kept. A list of layer sizes, a function or a whole model are hyper-parameters,
too (3.2.1).

Fails: the_very_object_is_kept
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        _, _, _, values = inspect.getargvalues(inspect.currentframe().f_back)
        for name, value in values.items():
            kept = isinstance(value, (int, float, str))
            if kept and name not in {"self", *ignore} and not name.startswith("_"):
                setattr(self, name, value)
