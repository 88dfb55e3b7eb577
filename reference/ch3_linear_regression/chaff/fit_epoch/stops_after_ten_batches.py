"""Each of your epochs ends after ten minibatches, however many there are.

Such a limit makes it quick to try a training loop, and small data sets never reach it. It has to go before
the real training: an epoch is one pass over all of the data (3.4.4).

Fails: it_recovers_the_weights, it_recovers_the_bias
"""

import torch


def fit_epoch(trainer):
    trainer.model.train()
    for i, batch in enumerate(trainer.train_dataloader):
        if i == 10:
            break
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
