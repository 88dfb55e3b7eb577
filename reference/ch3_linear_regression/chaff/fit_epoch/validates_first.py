"""Your model sees validation data before it has seen all of the training data.

Often the validation stands before the training. What is drawn for the first epoch is then the error of a model
that has still to learn. Validation comes at the end of an epoch (3.4.4).

Fails: validation_only_looks
"""

import torch


def fit_epoch(trainer):
    if trainer.val_dataloader is not None:
        trainer.model.eval()
        for batch in trainer.val_dataloader:
            with torch.no_grad():
                trainer.model.validation_step(trainer.prepare_batch(batch))
            trainer.val_batch_idx += 1
    trainer.model.train()
    for batch in trainer.train_dataloader:
        loss = trainer.model.training_step(trainer.prepare_batch(batch))
        trainer.optim.zero_grad()
        loss.backward()
        if trainer.gradient_clip_val > 0:
            trainer.clip_gradients(trainer.gradient_clip_val, trainer.model)
        trainer.optim.step()
        trainer.train_batch_idx += 1
