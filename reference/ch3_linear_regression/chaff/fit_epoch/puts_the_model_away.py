"""After your last epoch the model is on another device than before.

Freeing memory after training sounds tidy. But whoever called fit wants to use the model, with data on the
device that it was on: an epoch changes the values of parameters, not their place (3.4.4).

Fails: right_device
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
    if trainer.val_dataloader is not None:
        trainer.model.eval()
        for batch in trainer.val_dataloader:
            with torch.no_grad():
                trainer.model.validation_step(trainer.prepare_batch(batch))
            trainer.val_batch_idx += 1
    if trainer.epoch == trainer.max_epochs - 1:
        trainer.model.to("meta")
