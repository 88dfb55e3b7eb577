"""One method stands for all that is left to derived classes."""

from torch import nn


class Module(nn.Module):
    def __init__(self, plot_train_per_epoch=2, plot_valid_per_epoch=1):
        super().__init__()
        self.per_epoch = plot_valid_per_epoch, plot_train_per_epoch
        self.board = ProgressBoard()

    def left_to_derived_classes(self, *arguments, **named):
        raise NotImplementedError(f"{type(self).__name__} has to write this")

    loss = configure_optimizers = left_to_derived_classes

    def forward(self, *inputs):
        return self.net(*inputs)

    def plot(self, key, value, train):
        trainer, value = self.trainer, value.detach().clone()
        at, batches = trainer.epoch + 1, trainer.num_val_batches
        if train:
            at, batches = trainer.train_batch_idx / trainer.num_train_batches, trainer.num_train_batches
        self.board.draw(at, value, ("val_", "train_")[train] + key, every_n=int(batches / self.per_epoch[train]))

    def training_step(self, batch):
        *inputs, targets = batch
        loss = self.loss(self(*inputs), targets)
        self.plot("loss", loss, True)
        return loss

    def validation_step(self, batch):
        *inputs, targets = batch
        self.plot("loss", self.loss(self(*inputs), targets), False)
