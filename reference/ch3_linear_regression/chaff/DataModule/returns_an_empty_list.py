"""Your get_dataloader returns a value, such as an empty list, where it should raise an error.

An empty list has a length and can be looped over: a fit may run to its end without a single step. Whoever forgets
to write the method should hear that where it is called: raise NotImplementedError (3.2.3).

Same as: returns_instead_of_raising

Fails: get_dataloader_is_left_to_derived_classes
"""

class DataModule:
    def __init__(self, root="../data", num_workers=4):
        self.root, self.num_workers = root, num_workers

    def get_dataloader(self, train):
        return []

    def train_dataloader(self):
        return self.get_dataloader(train=True)

    def val_dataloader(self):
        return self.get_dataloader(train=False)
