"""You ask get_dataloader once for the training data, and hand on the same loader ever after.

For the validation data you ask it each time, as you should. Whoever asks again wants another loader, since the
batch size may have changed, or the data (3.2.3).

Fails: get_dataloader_is_asked_each_time
"""

class DataModule:
    def __init__(self, root="../data", num_workers=4):
        self.root, self.num_workers, self.kept = root, num_workers, None

    def get_dataloader(self, train):
        raise NotImplementedError

    def train_dataloader(self):
        if self.kept is None:
            self.kept = self.get_dataloader(True)
        return self.kept

    def val_dataloader(self):
        return self.get_dataloader(False)
