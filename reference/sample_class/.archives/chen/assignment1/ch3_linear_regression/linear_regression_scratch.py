"""3.4 Linear regression from scratch. Chen Yu."""

import torch
from torch import nn


class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr, sigma=0.01):
        super().__init__()
        self.lr = lr
        self.w = nn.Parameter(torch.normal(0, sigma, size=(num_inputs, 1)))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return torch.mm(X, self.w).add(self.b)

    def loss(self, y_hat, y):
        difference = y_hat - y
        return (difference * difference).sum() / (2 * difference.numel())

    def configure_optimizers(self):
        return SGD([self.w, self.b], self.lr)


class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        for p in self.params:
            p.data = p.data - self.lr * p.grad

    def zero_grad(self):
        for p in self.params:
            p.grad = None


def fit_epoch(trainer):
    trainer.model.train()
    for batch in trainer.train_dataloader:
        trainer.optim.zero_grad()
        trainer.model.training_step(trainer.prepare_batch(batch)).backward()
        with torch.no_grad():
            if trainer.gradient_clip_val > 0:
                trainer.clip_gradients(trainer.gradient_clip_val, trainer.model)
            trainer.optim.step()
        trainer.train_batch_idx += 1
    if trainer.val_dataloader is None:
        return
    trainer.model.eval()
    with torch.inference_mode():
        for batch in trainer.val_dataloader:
            trainer.model.validation_step(trainer.prepare_batch(batch))
            trainer.val_batch_idx += 1
