"""Your constructor takes num_workers before root.

Who gives both by their places gets them the other way round. The order of the arguments is part of the signature
(3.2.3).

Fails: it_keeps_its_arguments
"""

class DataModule:
    def __init__(self, num_workers=4, root="../data"):
        self.root, self.num_workers = root, num_workers

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        return self.get_dataloader(train=True)

    def val_dataloader(self):
        return self.get_dataloader(train=False)
