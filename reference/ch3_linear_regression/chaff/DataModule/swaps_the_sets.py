"""Your loaders have training and validation the wrong way round.

get_dataloader(train=True) is for training, get_dataloader(train=False) for validation (3.2.3).

Fails: right_values
"""


class DataModule(HyperParameters):
    def __init__(self, root='../data', num_workers=4):
        self.save_hyperparameters()

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        return self.get_dataloader(train=None)

    def val_dataloader(self):
        return self.get_dataloader(train=1)
