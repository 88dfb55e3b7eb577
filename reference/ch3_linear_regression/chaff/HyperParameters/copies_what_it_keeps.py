"""What you keep of a list is another object than the list that was given.

A copy, for example, protects a list from later changes. But a network or a data set that is given as an
argument must be the very one that others hold: keep the argument itself (3.2.1).

Fails: the_very_object_is_kept
"""

import copy
import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        frame = inspect.currentframe().f_back
        _, _, _, local_vars = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in local_vars.items()
                        if k not in set(ignore + ['self']) and not k.startswith('_')}
        for k, v in self.hparams.items():
            setattr(self, k, copy.deepcopy(v))
