"""Keeps its arguments by hand, marks what is abstract, and calls everything by keyword."""

import abc

import torch
from torch import nn


class Module(nn.Module, abc.ABC):
    def __init__(self, plot_train_per_epoch=2, plot_valid_per_epoch=1):
        nn.Module.__init__(self)
        self.points = {True: plot_train_per_epoch, False: plot_valid_per_epoch}
        self.board = ProgressBoard()
        self.net = None

    @abc.abstractmethod
    def loss(self, y_hat, y):
        ...

    @abc.abstractmethod
    def configure_optimizers(self):
        ...

    def forward(self, X):
        return self.net.forward(X)

    def plot(self, key, value, train):
        t = self.trainer
        batches = t.num_train_batches if train else t.num_val_batches
        x = torch.tensor(t.train_batch_idx / batches) if train else t.epoch + 1.0
        label = ("train" if train else "val") + "_" + key
        self.board.draw(x=x, y=value.detach(), label=label, every_n=batches // self.points[train])

    def _step(self, batch, train):
        *inputs, targets = batch
        loss = self.loss(y_hat=self.forward(*inputs), y=targets)
        self.plot(key="loss", value=loss, train=train)
        return loss

    def training_step(self, batch):
        return self._step(batch, True)

    def validation_step(self, batch):
        return self._step(batch, False)
