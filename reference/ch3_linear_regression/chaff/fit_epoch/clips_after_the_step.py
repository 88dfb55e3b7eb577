"""Your step uses unclipped gradients, as it does if they are clipped after it.

Where gradient_clip_val is above 0, clipping stands between backward, which makes the gradients, and step, which
uses them: later it changes nothing that matters (3.4.4; 9.5 on clipping).

Same as: never_clips

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
            if trainer.gradient_clip_val > 0:
                trainer.clip_gradients(trainer.gradient_clip_val, trainer.model)
        trainer.train_batch_idx += 1
    if trainer.val_dataloader is None:
        return
    trainer.model.eval()
    for batch in trainer.val_dataloader:
        with torch.no_grad():
            trainer.model.validation_step(trainer.prepare_batch(batch))
        trainer.val_batch_idx += 1
