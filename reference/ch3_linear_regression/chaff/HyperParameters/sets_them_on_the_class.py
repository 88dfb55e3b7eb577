"""You set the attributes on the class instead of the object.

With one object that is the same; a second one overwrites the hyperparameters of the first (3.2.1).

Fails: each_object_keeps_its_own
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        frame = inspect.currentframe().f_back
        _, _, _, local_vars = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in local_vars.items()
                        if k not in set(ignore + ['self']) and not k.startswith('_')}
        for k, v in self.hparams.items():
            setattr(type(self), k, v)
