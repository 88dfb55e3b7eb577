"""Methods come one by one, after the class; configure_optimizers as 4.3 adds it; points go to the board at once."""

import math

from torch import nn
from torch.optim import SGD


class Module(nn.Module):
    def __init__(self, plot_train_per_epoch=2, plot_valid_per_epoch=1):
        super().__init__()
        self.plot_train_per_epoch, self.plot_valid_per_epoch = plot_train_per_epoch, plot_valid_per_epoch
        self.board = ProgressBoard()

    def forward(self, X):
        return self.net(X)

    def loss(self, y_hat, y):
        raise NotImplementedError


@add_to_class(Module)
def plot(self, key, value, train):
    if train:
        x = self.trainer.train_batch_idx / self.trainer.num_train_batches
        n = math.floor(self.trainer.num_train_batches / self.plot_train_per_epoch)
        self.board.draw(x, float(value.detach()), f'train_{key}', n)
    else:
        n = math.floor(self.trainer.num_val_batches / self.plot_valid_per_epoch)
        self.board.draw(self.trainer.epoch + 1, float(value.detach()), f'val_{key}', n)


@add_to_class(Module)
def training_step(self, batch):
    y_hat = self(*batch[:-1])
    loss = self.loss(y_hat, batch[-1])
    self.plot('loss', loss, True)
    return loss


@add_to_class(Module)
def validation_step(self, batch):
    y_hat = self(*batch[:-1])
    loss = self.loss(y_hat, batch[-1])
    self.plot('loss', loss, False)
    return loss


@add_to_class(Module)
def configure_optimizers(self):
    return SGD(self.parameters(), lr=self.lr)
