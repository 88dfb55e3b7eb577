"""You leave out the last minibatch where it is smaller than the others.

Equal sizes are convenient, and often nothing is lost. But every example belongs to an epoch, and the mean in
the loss copes with any number of them (3.3.3, 3.4.4).

Fails: right_values, each_step_follows_the_gradient_of_one_batch
"""

import torch


def fit_epoch(trainer):
    trainer.model.train()
    size = len(next(iter(trainer.train_dataloader))[0])
    for batch in trainer.train_dataloader:
        if len(batch[0]) < size:
            continue
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
