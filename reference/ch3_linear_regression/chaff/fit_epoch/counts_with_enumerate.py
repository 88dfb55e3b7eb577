"""Your counters hold the number of the minibatch within this epoch, from 0, not how many there have been.

enumerate starts from 0 each time that it is called, and ends one below the number of minibatches. The counters
go on through all epochs: add 1 after each minibatch (3.2.4, 3.4.4).

Fails: batches_are_counted_through_all_epochs
"""

import torch


def fit_epoch(trainer):
    trainer.model.train()
    for trainer.train_batch_idx, batch in enumerate(trainer.train_dataloader):
        loss = trainer.model.training_step(trainer.prepare_batch(batch))
        trainer.optim.zero_grad()
        with torch.no_grad():
            loss.backward()
            if trainer.gradient_clip_val > 0:
                trainer.clip_gradients(trainer.gradient_clip_val, trainer.model)
            trainer.optim.step()
    if trainer.val_dataloader is None:
        return
    trainer.model.eval()
    for trainer.val_batch_idx, batch in enumerate(trainer.val_dataloader):
        with torch.no_grad():
            trainer.model.validation_step(trainer.prepare_batch(batch))
