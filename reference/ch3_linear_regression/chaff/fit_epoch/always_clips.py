"""None of your steps moves anything, as if the gradients were clipped to a norm of 0.

A gradient_clip_val of 0 means: don't clip. A norm of at most 0 leaves no gradient at all, and nothing is
learned: ask first whether it is above 0 (3.4.4).

Same as: clears_them_too_late

Fails: right_values, each_step_follows_the_gradient_of_one_batch
"""

import torch


def fit_epoch(trainer):
    trainer.model.train()
    for batch in trainer.train_dataloader:
        loss = trainer.model.training_step(trainer.prepare_batch(batch))
        trainer.optim.zero_grad()
        with torch.no_grad():
            loss.backward()
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
