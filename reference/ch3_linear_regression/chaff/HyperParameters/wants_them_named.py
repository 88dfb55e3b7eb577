"""Your save_hyperparameters takes the arguments instead of finding them.

It would be enough, and clear, but whoever calls save_hyperparameters() passes nothing (3.2.1).

Same as: keeps_a_dictionary_only

Fails: right_values
"""


class HyperParameters:
    def save_hyperparameters(self, ignore=[], **hparams):
        for name, value in hparams.items():
            if name not in ignore:
                setattr(self, name, value)
