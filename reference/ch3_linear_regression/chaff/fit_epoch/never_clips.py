"""You never clip the gradients, even when gradient_clip_val asks for it.

With the book's linear regression it is 0, and no clipping is right. If it is above 0, a gradient longer than
that is scaled down to it before the step (3.4.4; 9.5 on clipping).

Fails: gradients_are_clipped_before_the_step
"""

import torch


def fit_epoch(trainer):
    trainer.model.train()
    for batch in trainer.train_dataloader:
        loss = trainer.model.training_step(trainer.prepare_batch(batch))
        trainer.optim.zero_grad()
        with torch.no_grad():
            loss.backward()
            trainer.optim.step()
        trainer.train_batch_idx += 1
    if trainer.val_dataloader is None:
        return
    trainer.model.eval()
    for batch in trainer.val_dataloader:
        with torch.no_grad():
            trainer.model.validation_step(trainer.prepare_batch(batch))
        trainer.val_batch_idx += 1
