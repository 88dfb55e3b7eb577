"""Its accuracy is counted on the spot, and it takes down the error, too; spelled-out options of SGD."""

import torch
from torch import nn


class Classifier(nn.Module):
    def validation_step(self, batch):
        *inputs, labels = batch
        scores = self(*inputs)
        loss = self.loss(scores, labels)
        share = (scores.argmax(dim=-1) == labels).double().mean()
        for key, value in {"loss": loss, "acc": share, "error": 1 - share}.items():
            self.plot(key, value, train=False)
        return loss

    def configure_optimizers(self):
        groups = [{"params": [param]} for param in self.parameters()]
        return torch.optim.SGD(groups, lr=self.lr, momentum=0, weight_decay=0)
