"""After a second object was made, your first one has the hyperparameters of the second.

Usually they are set on the class instead of the object: with one object that is the same. Set them on self
(3.2.1).

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
