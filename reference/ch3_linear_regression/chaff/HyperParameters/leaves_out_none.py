"""You don't keep an argument that is None.

None is often a default, and means something: no limit, no name. Whoever reads the attribute will miss it (3.2.1).

Fails: the_very_object_is_kept
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        _, _, _, values = inspect.getargvalues(inspect.currentframe().f_back)
        for name, value in values.items():
            if value is not None and name not in {"self", *ignore} and not name.startswith("_"):
                setattr(self, name, value)
