"""Raises NotImplemented, as older printings do; ints for booleans."""


class DataModule:
    def __init__(self, root='../data', num_workers=4):
        vars(self).update(root=root, num_workers=num_workers)

    def get_dataloader(self, train):
        raise NotImplemented

    def train_dataloader(self):
        loader = self.get_dataloader(train=1)
        return loader

    def val_dataloader(self):
        loader = self.get_dataloader(train=0)
        return loader
