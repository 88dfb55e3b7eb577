"""Both of your loaders are iterators over the minibatches.

Each is used up after one pass, but every epoch goes through the data anew. Return the loader itself (3.2.3).

Same as: returns_an_iterator
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
        return iter(self.get_dataloader(train=False))
