"""You keep every local variable, self among them.

An object that holds itself can't be printed or copied simply; and self is no hyperparameter (3.2.1).

Fails: self_and_private_names_are_left_out
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        frame = inspect.currentframe().f_back
        _, _, _, local_vars = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in local_vars.items()
                        if k not in set(ignore) and not k.startswith('_')}
        for k, v in self.hparams.items():
            setattr(self, k, v)
