"""None of the arguments becomes an attribute, as if your save_hyperparameters had to be given them.

That would be enough, and clear, but whoever calls save_hyperparameters() passes nothing: the arguments are in
the caller's frame (3.2.1).

Same as: keeps_a_dictionary_only

Fails: right_values
"""


class HyperParameters:
    def save_hyperparameters(self, ignore=[], **hparams):
        for name, value in hparams.items():
            if name not in ignore:
                setattr(self, name, value)
