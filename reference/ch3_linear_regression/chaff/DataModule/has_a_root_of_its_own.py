"""The root of your data modules is ../data, whatever folder they are given.

The default is for those who don't give one: keep the argument (3.2.3).

Fails: it_keeps_its_arguments
"""


class DataModule(HyperParameters):
    def __init__(self, root='../data', num_workers=4):
        self.root = '../data'
        self.num_workers = num_workers

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        return self.get_dataloader(train=True)

    def val_dataloader(self):
        return self.get_dataloader(train=False)
