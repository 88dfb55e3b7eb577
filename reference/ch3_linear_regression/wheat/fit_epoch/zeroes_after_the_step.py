"""Clears the gradients at the end of each iteration, through the model; back in training mode at the end."""

import torch


def fit_epoch(trainer):
    trainer.model.train(True)
    for i, batch in enumerate(trainer.train_dataloader, start=trainer.train_batch_idx + 1):
        trainer.model.training_step(trainer.prepare_batch(batch)).backward()
        if trainer.gradient_clip_val > 0:
            trainer.clip_gradients(trainer.gradient_clip_val, trainer.model)
        trainer.optim.step()
        trainer.model.zero_grad()
        trainer.train_batch_idx = i
    if not trainer.val_dataloader:
        return
    trainer.model.train(False)
    for batch in trainer.val_dataloader:
        with torch.set_grad_enabled(False):
            trainer.model.validation_step(trainer.prepare_batch(batch))
        trainer.val_batch_idx += 1
    trainer.model.train(True)
