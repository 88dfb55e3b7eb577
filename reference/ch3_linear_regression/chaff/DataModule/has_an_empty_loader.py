"""Your get_dataloader returns nothing.

Whoever forgets to write one then gets an error elsewhere, where None is used. Raise NotImplementedError (3.2.3).

Fails: get_dataloader_is_left_to_derived_classes
"""


class DataModule(HyperParameters):
    def __init__(self, root='../data', num_workers=4):
        self.save_hyperparameters()

    def get_dataloader(self, train):
        pass

    def train_dataloader(self):
        return self.get_dataloader(train=True)

    def val_dataloader(self):
        return self.get_dataloader(train=False)
