"""Of a parent and a child that both save, your object keeps the child's arguments alone.

Perhaps the latest arguments replace everything that it holds. A parent's constructor has saved its own before:
add to what is there (3.2.1).

Same as: asks_the_derived_class

Fails: parent_and_child_each_keep_their_arguments
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        frame = inspect.currentframe().f_back
        _, _, _, local_vars = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in local_vars.items()
                        if k not in set(ignore + ['self']) and not k.startswith('_')}
        self.__dict__ = dict(self.hparams)
