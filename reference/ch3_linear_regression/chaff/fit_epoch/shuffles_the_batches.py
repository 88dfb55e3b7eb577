"""You put the minibatches into an order of your own.

A random order is good for training, and it is the loader's business: whether and how it shuffles is decided
where it is made. Use its minibatches as they come (3.3.3, 3.4.4).

Fails: right_values, each_step_follows_the_gradient_of_one_batch
"""

import random

import torch


def fit_epoch(trainer):
    trainer.model.train()
    batches = list(trainer.train_dataloader)
    random.shuffle(batches)
    for batch in batches:
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
