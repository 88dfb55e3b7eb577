"""Your data modules share root and num_workers: those of the one that was made last.

Usually they are kept on the class. What is one object's own belongs to self (3.2.3).

Fails: it_keeps_its_arguments
"""

class DataModule:
    def __init__(self, root="../data", num_workers=4):
        DataModule.root, DataModule.num_workers = root, num_workers

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        return self.get_dataloader(train=True)

    def val_dataloader(self):
        return self.get_dataloader(train=False)
