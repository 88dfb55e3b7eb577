"""You compute every_n of training from the number of points that validation has.

Perhaps the two names were mixed up, or one line serves for both. Each curve has a number of points of its own: that
of training is plot_train_per_epoch (3.2.2).

Fails: training_is_plotted_against_parts_of_epochs
"""

from torch import nn


class Module(nn.Module, HyperParameters):
    def __init__(self, plot_train_per_epoch=2, plot_valid_per_epoch=1):
        super().__init__()
        self.save_hyperparameters()
        self.board = ProgressBoard()

    def loss(self, y_hat, y):
        raise NotImplementedError

    def forward(self, X):
        return self.net(X)

    def plot(self, key, value, train):
        trainer = self.trainer
        if train:
            x = trainer.train_batch_idx / trainer.num_train_batches
            every_n = trainer.num_train_batches // self.plot_valid_per_epoch
        else:
            x = trainer.epoch + 1
            every_n = trainer.num_val_batches // self.plot_valid_per_epoch
        label = ("train_" if train else "val_") + key
        self.board.draw(x, value.detach().numpy(), label, every_n=every_n)

    def training_step(self, batch):
        loss = self.loss(self(*batch[:-1]), batch[-1])
        self.plot("loss", loss, train=True)
        return loss

    def validation_step(self, batch):
        self.plot("loss", self.loss(self(*batch[:-1]), batch[-1]), train=False)

    def configure_optimizers(self):
        raise NotImplementedError
