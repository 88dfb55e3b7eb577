"""Deep Learning, first assignment. Elif Aydin.

Everything in one file, and nothing but plain tensors.
"""

import csv
import math
from contextlib import suppress

import numpy as np
import pandas as pd
import torch
from torch import nn

# ---------------------------------------------------------------- 2.2


def load_table(path):
    with open(path, newline="") as file:
        head, *rows = list(csv.reader(file))
    table = pd.DataFrame(rows, columns=head, dtype=object)
    for name in table.columns:
        column = table[name].replace({"NA": np.nan, "": np.nan})
        with suppress(ValueError, TypeError):
            column = pd.to_numeric(column)
        table[name] = column
    return table


def split_inputs_targets(data):
    last = data.columns[-1]
    return data.drop(columns=last), data[last]


def encode_categories(inputs):
    numbers = [c for c in inputs.columns if pd.api.types.is_numeric_dtype(inputs[c])]
    encoded = inputs[numbers].copy()
    for name in inputs.columns:
        if name in numbers:
            continue
        for value in sorted(inputs[name].dropna().unique()):
            encoded[f"{name}_{value}"] = (inputs[name] == value).astype(int)
        encoded[f"{name}_nan"] = inputs[name].isna().astype(int)
    return encoded


def impute_with_mean(inputs):
    filled = inputs.copy()
    for name in filled.columns:
        gaps = filled[name].isna()
        if gaps.any():
            filled.loc[gaps, name] = filled.loc[~gaps, name].mean()
    return filled


def to_tensors(inputs, targets):
    X = torch.from_numpy(inputs.to_numpy(dtype=np.float32))
    y = torch.from_numpy(targets.to_numpy(dtype=np.float32))
    return X, y


def preprocess(path):
    inputs, targets = split_inputs_targets(load_table(path))
    return to_tensors(impute_with_mean(encode_categories(inputs)), targets)


# ---------------------------------------------------------------- 3.4


class SGD:
    def __init__(self, params, lr):
        self.params, self.lr = list(params), lr

    @torch.no_grad()
    def step(self):
        for p in self.params:
            if p.grad is not None:
                p.sub_(p.grad, alpha=self.lr)

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.w = nn.Parameter(torch.randn(num_inputs, 1) * sigma)
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return torch.addmm(self.b, X, self.w)

    def loss(self, y_hat, y):
        return 0.5 * (y_hat - y).pow(2).mean()

    def configure_optimizers(self):
        return SGD(self.parameters(), self.lr)


def fit_epoch(trainer):
    model, optim = trainer.model, trainer.optim
    model.train()
    for batch in trainer.train_dataloader:
        batch = trainer.prepare_batch(batch)
        optim.zero_grad()
        loss = model.training_step(batch)
        loss.backward()
        if trainer.gradient_clip_val > 0:
            with torch.no_grad():
                trainer.clip_gradients(trainer.gradient_clip_val, model)
        with torch.no_grad():
            optim.step()
        trainer.train_batch_idx += 1

    if trainer.val_dataloader is not None:
        model.eval()
        with torch.no_grad():
            for batch in trainer.val_dataloader:
                model.validation_step(trainer.prepare_batch(batch))
                trainer.val_batch_idx += 1


# ---------------------------------------------------------------- 4.4


def softmax(X):
    weights = (X - X.amax(dim=-1, keepdim=True)).exp()
    return weights / weights.sum(dim=-1).unsqueeze(-1)


def cross_entropy(y_hat, y):
    p = y_hat.gather(1, y.unsqueeze(1)).squeeze(1)
    return p.clamp_min(1e-12).log().neg().mean()


class SoftmaxRegressionScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.W = nn.Parameter(torch.empty(num_inputs, num_outputs).normal_(0, sigma))
        self.b = nn.Parameter(torch.zeros(num_outputs))

    def forward(self, X):
        return softmax(X.flatten(1) @ self.W + self.b)

    def loss(self, y_hat, y):
        return cross_entropy(y_hat, y)


# ---------------------------------------------------------------- 5.1


def relu(X):
    return torch.where(X > 0, X, torch.zeros_like(X))


def sigmoid(X):
    # either exp(-X) or exp(X) may overflow, never both: take the one that is at most 1
    p = 1 / (1 + torch.exp(-torch.where(X >= 0, X, 0)))
    e = torch.exp(torch.where(X >= 0, 0, X))
    return torch.where(X >= 0, p, e / (1 + e))


def tanh(X):
    return 2 * sigmoid(2 * X) - 1


def activation_gradient(f, x):
    x = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(f(x).sum(), x)
    return gradient


if __name__ == "__main__":
    print(softmax(torch.tensor([[0.0, math.log(3.0)]])))
