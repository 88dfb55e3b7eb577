"""Your save_hyperparameters takes no argument by the name of ignore.

It is called as save_hyperparameters(ignore=[...]): to whoever passes an argument by name, the name matters
(3.2.1).

Fails: accepts_its_arguments
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, skipped=[]):
        frame = inspect.currentframe().f_back
        _, _, _, local_vars = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in local_vars.items()
                        if k not in set(skipped + ['self']) and not k.startswith('_')}
        for k, v in self.hparams.items():
            setattr(self, k, v)
