"""Your train_batch_idx is how many minibatches this epoch has had, not how many there have been.

In the first epoch that is the same. The counter goes on through all epochs, since curves are drawn along it: add 1
after each minibatch (3.2.4, 3.4.4).

Fails: batches_are_counted_through_all_epochs
"""

import torch


def fit_epoch(trainer):
    trainer.model.train()
    for i, batch in enumerate(trainer.train_dataloader):
        loss = trainer.model.training_step(trainer.prepare_batch(batch))
        trainer.optim.zero_grad()
        with torch.no_grad():
            loss.backward()
            if trainer.gradient_clip_val > 0:
                trainer.clip_gradients(trainer.gradient_clip_val, trainer.model)
            trainer.optim.step()
        trainer.train_batch_idx = i + 1
    if trainer.val_dataloader is None:
        return
    trainer.model.eval()
    for batch in trainer.val_dataloader:
        with torch.no_grad():
            trainer.model.validation_step(trainer.prepare_batch(batch))
        trainer.val_batch_idx += 1
