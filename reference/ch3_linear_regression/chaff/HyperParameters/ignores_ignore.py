"""You keep all arguments, whatever ignore says.

Some arguments are used in the constructor only; the names in ignore are not to become attributes (3.2.1).

Fails: right_values
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        frame = inspect.currentframe().f_back
        _, _, _, local_vars = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in local_vars.items()
                        if k not in {'self'} and not k.startswith('_')}
        for k, v in self.hparams.items():
            setattr(self, k, v)
