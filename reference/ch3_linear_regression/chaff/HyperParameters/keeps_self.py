"""You keep self among the arguments, as an attribute.

Often every local variable is kept. self is no hyperparameter, and a model that holds itself as a part can't be
printed (3.2.1).

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
