"""Clips with torch's clip_grad_norm_; takes batches from an iterator; counts them at the end of each pass."""

import torch
from torch import nn


def fit_epoch(trainer):
    trainer.model.train()
    batches = iter(trainer.train_dataloader)
    while (batch := next(batches, None)) is not None:
        X, y = trainer.prepare_batch(batch)
        trainer.optim.zero_grad()
        loss = trainer.model.training_step((X, y))
        loss.backward()
        if trainer.gradient_clip_val > 0:
            nn.utils.clip_grad_norm_(trainer.model.parameters(), trainer.gradient_clip_val)
        trainer.optim.step()
        trainer.optim.zero_grad()
    trainer.train_batch_idx += len(trainer.train_dataloader)
    if trainer.val_dataloader is None:
        return
    trainer.model.eval()
    with torch.no_grad():
        for batch in trainer.val_dataloader:
            trainer.model.validation_step(trainer.prepare_batch(batch))
    trainer.val_batch_idx += len(trainer.val_dataloader)
