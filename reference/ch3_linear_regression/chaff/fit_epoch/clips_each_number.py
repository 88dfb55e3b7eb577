"""You clip each number of the gradient, where its length is to be clipped.

Both keep steps short, but cutting each number for itself may turn the gradient into another direction.
clip_gradients scales it as a whole (3.4.4; 9.5 on clipping).

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
            if trainer.gradient_clip_val > 0:
                for param in trainer.model.parameters():
                    param.grad.clamp_(-trainer.gradient_clip_val, trainer.gradient_clip_val)
            trainer.optim.step()
        trainer.train_batch_idx += 1
    if trainer.val_dataloader is None:
        return
    trainer.model.eval()
    for batch in trainer.val_dataloader:
        with torch.no_grad():
            trainer.model.validation_step(trainer.prepare_batch(batch))
        trainer.val_batch_idx += 1
