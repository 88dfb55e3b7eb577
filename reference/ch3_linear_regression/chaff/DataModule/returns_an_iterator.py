"""Your train_dataloader returns an iterator over the minibatches, and not the loader.

It is used up after one pass, but every epoch goes through the data anew. Return the loader itself (3.2.3).

Fails: right_type
"""


class DataModule(HyperParameters):
    def __init__(self, root='../data', num_workers=4):
        self.save_hyperparameters()

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        return iter(self.get_dataloader(train=True))

    def val_dataloader(self):
        return self.get_dataloader(train=False)
