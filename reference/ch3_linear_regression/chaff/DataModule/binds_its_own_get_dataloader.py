"""Your loaders end in NotImplementedError, even where a derived class has written get_dataloader.

Often the base class's own is called: named in the body of the class, or as DataModule.get_dataloader, it is
this very function. self.get_dataloader looks it up at the object, and finds the derived class's (3.2.3).

Fails: accepts_its_arguments
"""


class DataModule:
    def __init__(self, root="../data", num_workers=4):
        self.root, self.num_workers = root, num_workers

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        return DataModule.get_dataloader(self, train=True)

    def val_dataloader(self):
        return DataModule.get_dataloader(self, train=False)
