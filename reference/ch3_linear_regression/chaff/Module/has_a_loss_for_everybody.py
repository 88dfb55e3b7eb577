"""Your Module's loss returns a value, where derived classes are to write theirs.

A class that forgets its own should hear of it at once, and not by a strange error later, or never: raise
NotImplementedError (3.2.2).

Fails: what_is_left_to_derived_classes_says_so
"""

from torch import nn


class Module(nn.Module):
    def __init__(self, plot_train_per_epoch=2, plot_valid_per_epoch=1):
        super().__init__()
        self.plot_train_per_epoch, self.plot_valid_per_epoch = plot_train_per_epoch, plot_valid_per_epoch
        self.board = ProgressBoard()

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).mean()

    def forward(self, X):
        return self.net(X)

    def plot(self, key, value, train):
        trainer = self.trainer
        if train:
            x = trainer.train_batch_idx / trainer.num_train_batches
            every_n = trainer.num_train_batches // self.plot_train_per_epoch
        else:
            x = trainer.epoch + 1
            every_n = trainer.num_val_batches // self.plot_valid_per_epoch
        self.board.draw(x, value.item(), f"{'train' if train else 'val'}_{key}", every_n=every_n)

    def training_step(self, batch):
        loss = self.loss(self(*batch[:-1]), batch[-1])
        self.plot("loss", loss, train=True)
        return loss

    def validation_step(self, batch):
        self.plot("loss", self.loss(self(*batch[:-1]), batch[-1]), train=False)

    def configure_optimizers(self):
        raise NotImplementedError
