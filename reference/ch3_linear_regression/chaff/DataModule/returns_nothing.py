"""Your train_dataloader and val_dataloader return None.

Often the loaders are made, and not returned. A method without a return returns None, and there is nothing to
train on (3.2.3).

Fails: right_type
"""


class DataModule(HyperParameters):
    def __init__(self, root='../data', num_workers=4):
        self.save_hyperparameters()

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        self.get_dataloader(train=True)

    def val_dataloader(self):
        self.get_dataloader(train=False)
