"""Where parent and child both save their arguments with your method, the child's own are lost.

Perhaps a second call for one object is passed over. The parent's usually comes first: the child's has to add to
what that has saved (3.2.1).

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
