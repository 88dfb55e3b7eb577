"""You save once in an object's life, and let later calls pass.

Where parent and child both save, the parent comes first, and the child's own arguments are lost (3.2.1).

Fails: parent_and_child_each_keep_their_arguments
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        if hasattr(self, 'hparams'):
            return
        frame = inspect.currentframe().f_back
        _, _, _, local_vars = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in local_vars.items()
                        if k not in set(ignore + ['self']) and not k.startswith('_')}
        for k, v in self.hparams.items():
            setattr(self, k, v)
