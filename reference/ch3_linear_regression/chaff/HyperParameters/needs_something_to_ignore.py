"""Your save_hyperparameters insists on the argument ignore.

It has a default: without it, nothing is ignored (3.2.1).

Fails: every_kind_of_argument_is_kept
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore):
        frame = inspect.currentframe().f_back
        _, _, _, local_vars = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in local_vars.items()
                        if k not in set(ignore + ['self']) and not k.startswith('_')}
        for k, v in self.hparams.items():
            setattr(self, k, v)
