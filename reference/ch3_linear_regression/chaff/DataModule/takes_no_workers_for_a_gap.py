"""Where num_workers is 0 you keep the default, 4.

0 counts as false, so that `num_workers or 4`, for example, is 4. No workers is an answer, too: the process
itself loads the data (3.2.3).

Fails: it_keeps_its_arguments
"""


class DataModule:
    def __init__(self, root="../data", num_workers=4):
        self.root, self.num_workers = root, num_workers or 4

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        return self.get_dataloader(train=True)

    def val_dataloader(self):
        return self.get_dataloader(train=False)
