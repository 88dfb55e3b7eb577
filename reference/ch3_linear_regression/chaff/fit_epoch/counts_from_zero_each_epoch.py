"""Both of your counters are how many minibatches this epoch has had, not how many there have been.

Often they are set back to zero when an epoch begins, and in the first one that is right. The counters belong to the
trainer, which zeroes them once before the first epoch; with a counter that is reset in each, the training curves of
all epochs lie on top of one another (3.2.4, 3.4.4).

Fails: batches_are_counted_through_all_epochs
"""

import torch


def fit_epoch(trainer):
    trainer.train_batch_idx = trainer.val_batch_idx = 0
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
    for batch in trainer.val_dataloader:
        with torch.no_grad():
            trainer.model.validation_step(trainer.prepare_batch(batch))
        trainer.val_batch_idx += 1
