"""You ask get_dataloader for a set by its name.

Its argument is whether the data are for training: True or False. Any text counts as true (3.2.3).

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
