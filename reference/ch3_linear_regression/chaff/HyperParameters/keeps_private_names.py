"""You keep arguments whose names begin with an underscore.

The underscore says that a name is not meant for others, and in a method that uses super() Python itself puts
__class__ among the local variables (3.2.1).

Fails: self_and_private_names_are_left_out
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        frame = inspect.currentframe().f_back
        _, _, _, local_vars = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in local_vars.items()
                        if k not in set(ignore + ['self']) and not k.startswith('__')}
        for k, v in self.hparams.items():
            setattr(self, k, v)
