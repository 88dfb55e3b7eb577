"""A model that comes to you in evaluation mode is trained in it.

Usually train() isn't called. A new model is in training mode, so the first epoch is right. Validation leaves it in
evaluation mode: from the second epoch on, dropout drops nothing in training, and batch normalization uses its
running averages instead of the minibatch's own (3.4.4, 5.6).

Fails: it_trains_in_training_mode
"""

import torch


def fit_epoch(trainer):
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
