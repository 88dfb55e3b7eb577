"""You train on the validation minibatches as well.

The same loop for both is tempting, and the validation loss usually looks better for it. Data that the model was
fitted to can't tell how well it does on new data: validation only looks (3.2.4, 3.4.4).

Fails: right_values, each_step_follows_the_gradient_of_one_batch
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
        loss = trainer.model.validation_step(trainer.prepare_batch(batch))
        trainer.optim.zero_grad()
        loss.backward()
        trainer.optim.step()
        trainer.val_batch_idx += 1
