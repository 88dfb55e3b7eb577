"""Your steps follow the gradient of the minibatch before, and the first one none.

Often step is called before backward, and that of the very last minibatch is never used. backward computes
what step uses, so it comes first (3.4.4).

Fails: right_values, each_step_follows_the_gradient_of_one_batch
"""

import torch


def fit_epoch(trainer):
    trainer.model.train()
    for batch in trainer.train_dataloader:
        loss = trainer.model.training_step(trainer.prepare_batch(batch))
        trainer.optim.step()
        trainer.optim.zero_grad()
        loss.backward()
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
