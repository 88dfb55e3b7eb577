"""Keeps its arguments by hand; get_dataloader is an abstract method, and is called by position."""

import abc


class DataModule(abc.ABC):
    def __init__(self, root='../data', num_workers=0):
        self.root = root
        self.num_workers = num_workers

    @abc.abstractmethod
    def get_dataloader(self, train):
        """For derived classes."""

    train_dataloader = lambda self: self.get_dataloader(True)
    val_dataloader = lambda self: self.get_dataloader(False)
