"""Your class asks get_dataloader without saying which set it wants.

It has one argument, train, without a default (3.2.3).

Fails: accepts_its_arguments
"""


class DataModule(HyperParameters):
    def __init__(self, root='../data', num_workers=4):
        self.save_hyperparameters()

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        return self.get_dataloader()

    def val_dataloader(self):
        return self.get_dataloader()
