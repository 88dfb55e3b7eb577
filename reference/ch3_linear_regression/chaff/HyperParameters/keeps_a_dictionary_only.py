"""After your save_hyperparameters() the object has none of the arguments as attributes.

Each has to be set, as by setattr(self, name, value): a dictionary alone is not enough. And they have to
be found in the caller's frame, one step back from currentframe(): whoever calls save_hyperparameters()
passes nothing (3.2.1).

Fails: right_values
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        frame = inspect.currentframe().f_back
        _, _, _, local_vars = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in local_vars.items()
                        if k not in set(ignore + ['self']) and not k.startswith('_')}
        for k, v in self.hparams.items():
            pass
