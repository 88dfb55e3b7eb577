"""You make one loader for each set and keep it, perhaps in the constructor.

A derived class may not have set up its data by then. And a loader is to be made anew each time that one is
asked for (3.2.3).

Same as: keeps_its_loaders

Fails: get_dataloader_is_asked_each_time
"""

class DataModule:
    def __init__(self, root="../data", num_workers=4):
        self.root, self.num_workers = root, num_workers
        self.calls = 0
        self.loaders = [self.get_dataloader(True), self.get_dataloader(False)]

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        return self.loaders[0]

    def val_dataloader(self):
        return self.loaders[1]
