"""Both of your loaders are those for training, as they are if a set is asked for by its name.

The argument of get_dataloader is whether the data are for training: True or False. Any text that isn't empty counts
as true, 'val', too (3.2.3).

Same as: validates_on_training_data

Fails: right_values
"""


class DataModule(HyperParameters):
    def __init__(self, root='../data', num_workers=4):
        self.save_hyperparameters()

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        return self.get_dataloader(train='train')

    def val_dataloader(self):
        return self.get_dataloader(train='val')
