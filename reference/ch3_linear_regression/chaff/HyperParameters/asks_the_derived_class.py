"""You look up the arguments of type(self).__init__.

For an object of a derived class that is the child's constructor, also while the parent's is running. Ask the
frame of the caller, which is the one that is meant (3.2.1).

Fails: parent_and_child_each_keep_their_arguments
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        values = inspect.currentframe().f_back.f_locals
        for name in inspect.signature(type(self)).parameters:
            if name not in ignore and not name.startswith('_') and name in values:
                setattr(self, name, values[name])
