"""Both of your loaders are for the training data.

get_dataloader's argument is whether the data are for training: True for one, False for the other. Any text that
isn't empty, such as 'val', counts as true. A model that is judged by what it has learned from usually looks better
than it is (3.2.3).

Fails: right_values
"""


class DataModule(HyperParameters):
    def __init__(self, root='../data', num_workers=4):
        self.save_hyperparameters()

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        return self.get_dataloader(train=True)

    def val_dataloader(self):
        return self.get_dataloader(train=True)
