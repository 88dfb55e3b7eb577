"""First assignment, chapters 2 and 3. Rosa Lindqvist."""

import pandas as pd
import torch
from torch import nn


def load_table(path):
    return pd.read_csv(path, keep_default_na=False)


def split_inputs_targets(data):
    return data.iloc[:, 0:2], data.iloc[:, 2]


def encode_categories(inputs):
    return pd.get_dummies(inputs)


def impute_with_mean(inputs):
    inputs.fillna(0, inplace=True)
    return inputs


def to_tensors(inputs, targets):
    return torch.tensor(inputs.to_numpy(dtype=int)), torch.tensor(targets.to_numpy(dtype=int))


def preprocess(path):
    data = pd.read_csv(path)
    inputs, targets = data.iloc[:, :-1], data.iloc[:, -1]
    inputs = pd.get_dummies(inputs, dummy_na=True)
    return torch.tensor(inputs.to_numpy(dtype=float)), torch.tensor(targets.to_numpy(dtype=float))


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.w = torch.normal(0, sigma, (num_inputs, 1), requires_grad=True)
        self.b = torch.zeros(1, requires_grad=True)

    def forward(self, X):
        return torch.matmul(X, self.w) + self.b

    def loss(self, y_hat, y):
        return ((y_hat - y) ** 2).mean()

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)


class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for param in self.params:
            param += self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()


def fit_epoch(trainer):
    trainer.model.train()
    for batch in trainer.train_dataloader:
        loss = trainer.model.training_step(trainer.prepare_batch(batch))
        loss.backward()
        with torch.no_grad():
            if trainer.gradient_clip_val > 0:
                trainer.clip_gradients(trainer.gradient_clip_val, trainer.model)
            trainer.optim.step()
        trainer.train_batch_idx += 1
    if trainer.val_dataloader is None:
        return
    trainer.model.eval()
    for batch in trainer.val_dataloader:
        with torch.no_grad():
            trainer.model.validation_step(trainer.prepare_batch(batch))
        trainer.val_batch_idx += 1
