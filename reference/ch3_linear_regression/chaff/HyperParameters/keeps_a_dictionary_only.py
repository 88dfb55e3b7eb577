"""You collect the arguments in a dictionary, and leave it at that.

It is the attributes, self.a, that the rest of a class works with (3.2.1).

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
