"""None of your steps moves anything: there is no gradient left whenever step is called.

Often the gradients are cleared between backward and step, or clipped although gradient_clip_val is 0, and a
norm of at most 0 leaves nothing; or backward is missing. step reads what backward has just written: clear the
gradients before backward, or after step, and clip only where gradient_clip_val is above 0 (3.4.4).

Fails: right_values, each_step_follows_the_gradient_of_one_batch
"""

import torch


def fit_epoch(trainer):
    trainer.model.train()
    for batch in trainer.train_dataloader:
        loss = trainer.model.training_step(trainer.prepare_batch(batch))
        with torch.no_grad():
            loss.backward()
            trainer.optim.zero_grad()
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
