"""Your second epoch has the batches of the first one.

Usually they are kept, in a list for instance, and used again. A loader that shuffles has other batches each
time that it is asked (3.4.4).

Fails: each_step_follows_the_gradient_of_one_batch
"""

import torch


def fit_epoch(trainer):
    if not hasattr(trainer, "batches"):
        trainer.batches = list(trainer.train_dataloader)
    trainer.model.train()
    for batch in trainer.batches:
        loss = trainer.model.training_step(trainer.prepare_batch(batch))
        trainer.optim.zero_grad()
        loss.backward()
        if trainer.gradient_clip_val > 0:
            trainer.clip_gradients(trainer.gradient_clip_val, trainer.model)
        trainer.optim.step()
        trainer.train_batch_idx += 1
    if trainer.val_dataloader is not None:
        trainer.model.eval()
        for batch in trainer.val_dataloader:
            with torch.no_grad():
                trainer.model.validation_step(trainer.prepare_batch(batch))
            trainer.val_batch_idx += 1
