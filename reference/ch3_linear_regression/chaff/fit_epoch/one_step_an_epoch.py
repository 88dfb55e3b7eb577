"""You add up the gradients of all minibatches and step once, at the end of the epoch.

That is (full) batch gradient descent, up to the length of the step: one step for the price of an epoch. Minibatch
descent steps after every minibatch, along its gradient alone (3.1.1, 3.4.4).

Fails: right_values, each_step_follows_the_gradient_of_one_batch
"""

import torch


def fit_epoch(trainer):
    trainer.model.train()
    trainer.optim.zero_grad()
    for batch in trainer.train_dataloader:
        trainer.model.training_step(trainer.prepare_batch(batch)).backward()
        trainer.train_batch_idx += 1
    if trainer.gradient_clip_val > 0:
        trainer.clip_gradients(trainer.gradient_clip_val, trainer.model)
    trainer.optim.step()
    if trainer.val_dataloader is None:
        return
    trainer.model.eval()
    for batch in trainer.val_dataloader:
        with torch.no_grad():
            trainer.model.validation_step(trainer.prepare_batch(batch))
        trainer.val_batch_idx += 1
