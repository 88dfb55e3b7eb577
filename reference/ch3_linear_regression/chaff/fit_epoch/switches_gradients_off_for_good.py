"""In your second epoch backward finds nothing to differentiate: gradients are off.

Usually they are switched off for validation, and not on again: the first epoch is right. `with
torch.no_grad():` ends by itself; torch.set_grad_enabled(False) lasts until somebody turns it back (2.5.3,
3.4.4).

Fails: accepts_its_arguments
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
                trainer.clip_gradients(trainer.gradient_clip_val, trainer.model)
            trainer.optim.step()
        trainer.train_batch_idx += 1
    if trainer.val_dataloader is None:
        return
    trainer.model.eval()
    torch.set_grad_enabled(False)
    for batch in trainer.val_dataloader:
        trainer.model.validation_step(trainer.prepare_batch(batch))
        trainer.val_batch_idx += 1
