"""What your train_dataloader returns is not the loader that get_dataloader made, though it holds the same minibatches.

Usually the loader is read into a list. That has one order for all epochs, and all minibatches in memory; a loader shuffles
anew in each pass (3.2.3).

Fails: get_dataloader_is_asked_each_time
"""


class DataModule(HyperParameters):
    def __init__(self, root='../data', num_workers=4):
        self.save_hyperparameters()

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        return list(self.get_dataloader(train=True))

    def val_dataloader(self):
        return self.get_dataloader(train=False)
