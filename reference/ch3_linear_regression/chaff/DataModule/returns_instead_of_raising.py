"""Your get_dataloader returns something instead of raising an error.

Whoever forgets to write the method should hear that where it is called, and not by another error later, or by none.
Raise NotImplementedError, and don't return it or NotImplemented (3.2.3).

Fails: get_dataloader_is_left_to_derived_classes
"""


class DataModule:
    def __init__(self, root="../data", num_workers=4):
        self.root, self.num_workers = root, num_workers

    def get_dataloader(self, train):
        return NotImplementedError

    def train_dataloader(self):
        return self.get_dataloader(train=True)

    def val_dataloader(self):
        return self.get_dataloader(train=False)
