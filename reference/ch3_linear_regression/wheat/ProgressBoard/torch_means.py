"""Keeps tensors in float32, and means of a stacked group."""

from collections import defaultdict

import torch


class ProgressBoard:
    def __init__(self, xlabel='epoch'):
        self.xlabel = xlabel
        self.raw = defaultdict(list)
        self.data = defaultdict(list)

    def draw(self, x, y, label, every_n=1):
        self.raw[label].append(torch.tensor([x, y]))
        if len(self.raw[label]) >= every_n:
            x_mean, y_mean = torch.stack(self.raw[label]).mean(dim=0)
            self.data[label].append((x_mean, y_mean))
            self.raw[label] = []
