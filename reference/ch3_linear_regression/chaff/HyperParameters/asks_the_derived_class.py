"""Where parent and child both save their arguments with your method, some of the parent's are missing in the end.

Often the names are looked up in type(self).__init__, which for an object of a derived class is the child's
constructor, also while the parent's is running; or the child's arguments replace all that was saved before. Ask
the frame of the caller, and add to what is there (3.2.1).

Fails: parent_and_child_each_keep_their_arguments
"""

import inspect


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        values = inspect.currentframe().f_back.f_locals
        for name in inspect.signature(type(self)).parameters:
            if name not in ignore and not name.startswith('_') and name in values:
                setattr(self, name, values[name])
