"""In validation, your model sees minibatches that haven't gone through prepare_batch.

It shows only where prepare_batch does something, such as moving data to a GPU. The model sees nothing that
didn't go through it (3.4.4, 6.7).

Fails: every_batch_is_prepared
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
    for batch in trainer.val_dataloader:
        with torch.no_grad():
            trainer.model.validation_step(batch)
        trainer.val_batch_idx += 1
