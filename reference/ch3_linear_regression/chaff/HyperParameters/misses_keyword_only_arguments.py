"""You don't keep arguments that follow a * in the signature.

Often the names come from a list that lacks them: co_argcount doesn't count them, nor does args of
getfullargspec have them. The local variables of the caller hold all (3.2.1).

Fails: every_kind_of_argument_is_kept
"""

import sys


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        frame = sys._getframe(1)
        for name in frame.f_code.co_varnames[1:frame.f_code.co_argcount]:
            if name not in ignore and not name.startswith('_'):
                setattr(self, name, frame.f_locals[name])
