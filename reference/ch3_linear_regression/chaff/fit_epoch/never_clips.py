"""Where gradient_clip_val asks for clipping, your step is taken with gradients of any length.

Perhaps they are never clipped, or only after the step, when they have been used already. Clipping stands
between backward, which makes the gradients, and step, which uses them. With the book's linear regression
gradient_clip_val is 0, and no clipping is right (3.4.4; 9.5 on clipping).

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
