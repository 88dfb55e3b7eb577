"""You ask get_dataloader once for each set, and hand on the same loader ever after.

Whether the constructor makes both or the first call keeps its own: whoever asks again wants another one,
since the batch size may have changed, or the data (3.2.3).

Fails: get_dataloader_is_asked_each_time
"""

class DataModule:
    def __init__(self, root="../data", num_workers=4):
        self.root, self.num_workers, self.loaders = root, num_workers, {}

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        return self.loaders.setdefault(True, self.loaders.get(True) or self.get_dataloader(True))

    def val_dataloader(self):
        return self.loaders.setdefault(False, self.loaders.get(False) or self.get_dataloader(False))
