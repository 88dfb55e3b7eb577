"""None of the arguments becomes an attribute, as if you read the variables of save_hyperparameters itself.

currentframe() is the frame of the function in which it is called; the __init__ that called yours is one step
back (3.2.1).

Same as: keeps_a_dictionary_only

Fails: right_values
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        frame = inspect.currentframe()
        _, _, _, local_vars = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in local_vars.items()
                        if k not in set(ignore + ['self']) and not k.startswith('_')}
        for k, v in self.hparams.items():
            setattr(self, k, v)
