"""Where your fit_epoch asks for the loss, targets come as predictions, and predictions as targets.

The squared error doesn't notice, other losses do, and some let no gradient back through the targets. Predictions come
first: model.loss(model(X), y), or let training_step do it (3.2.2, 3.4.4).

Fails: accepts_its_arguments
"""

import torch


def fit_epoch(trainer):
    trainer.model.train()
    for batch in trainer.train_dataloader:
        X, y = trainer.prepare_batch(batch)
        trainer.optim.zero_grad()
        trainer.model.loss(y, trainer.model(X)).backward()
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
