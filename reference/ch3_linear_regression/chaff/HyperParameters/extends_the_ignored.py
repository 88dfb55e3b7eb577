"""The list ignore has other entries after your method was called.

Perhaps 'self' is added to it, in place. The list belongs to the caller (and a default list, to all calls). Make
a new one, such as ignore + ['self'] (3.2.1).

Fails: leaves_arguments_alone
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        ignore.append('self')
        frame = inspect.currentframe().f_back
        _, _, _, local_vars = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in local_vars.items()
                        if k not in ignore and not k.startswith('_')}
        for k, v in self.hparams.items():
            setattr(self, k, v)
