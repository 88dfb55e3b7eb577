"""Your steps follow the sum of all gradients since the epoch began.

Often they are cleared once, before the loop, and not for each minibatch. A fresh start seems to be enough for
an epoch, but backward adds to what is in .grad: the second minibatch already steps along the sum of two
gradients (2.5.1, 3.4.4).

Fails: right_values, each_step_follows_the_gradient_of_one_batch
"""

import torch


def fit_epoch(trainer):
    trainer.model.train()
    trainer.optim.zero_grad()
    for batch in trainer.train_dataloader:
        loss = trainer.model.training_step(trainer.prepare_batch(batch))
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
