"""Your epoch changes the data set itself, as if each minibatch's mean were subtracted from it in place.

A minibatch may be a view of the data: `-=`, for example, then changes them for all epochs to come. And what is done
to a batch is up to prepare_batch (2.1.5 on saving memory, 3.4.4).

Fails: leaves_arguments_alone
"""

import torch


def fit_epoch(trainer):
    trainer.model.train()
    for batch in trainer.train_dataloader:
        X = batch[0]
        X -= X.mean(dim=0)
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
