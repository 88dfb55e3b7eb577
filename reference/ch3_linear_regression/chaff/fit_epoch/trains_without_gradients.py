"""The loss of your training step has no gradient: backward finds nothing to differentiate.

Often the step stands inside `with torch.no_grad():`, where the loss is not connected to the parameters. Switch
gradients off for validation alone (2.5.3, 3.4.4).

Fails: accepts_its_arguments
"""

import torch


def fit_epoch(trainer):
    trainer.model.train()
    for batch in trainer.train_dataloader:
        with torch.no_grad():
            loss = trainer.model.training_step(trainer.prepare_batch(batch))
            trainer.optim.zero_grad()
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
