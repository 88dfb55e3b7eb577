"""You clear the gradients after each step, but not before the first one.

From batch to batch this is as good as clearing them before backward. A model that has seen a backward pass before
the epoch brings its gradients along, and the first step follows them, too (2.5.1, 3.4.4).

Fails: each_step_follows_the_gradient_of_one_batch
"""


import torch


def fit_epoch(trainer):
    trainer.model.train(True)
    for i, batch in enumerate(trainer.train_dataloader, start=trainer.train_batch_idx + 1):
        trainer.model.training_step(trainer.prepare_batch(batch)).backward()
        if trainer.gradient_clip_val > 0:
            trainer.clip_gradients(trainer.gradient_clip_val, trainer.model)
        trainer.optim.step()
        trainer.model.zero_grad()
        trainer.train_batch_idx = i
    if not trainer.val_dataloader:
        return
    trainer.model.train(False)
    for batch in trainer.val_dataloader:
        with torch.set_grad_enabled(False):
            trainer.model.validation_step(trainer.prepare_batch(batch))
        trainer.val_batch_idx += 1
    trainer.model.train(True)
