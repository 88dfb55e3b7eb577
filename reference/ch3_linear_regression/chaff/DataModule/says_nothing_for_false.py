"""Your val_dataloader hands on something to get_dataloader that only counts as false, such as None.

Whoever writes get_dataloader may ask whether train is False, or hand it on. Say which set is meant: True or False
(3.2.3).

Fails: get_dataloader_is_asked_each_time
"""


class DataModule(HyperParameters):
    def __init__(self, root='../data', num_workers=4):
        self.save_hyperparameters()

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        return self.get_dataloader(train=True)

    def val_dataloader(self):
        return self.get_dataloader(train=None)
