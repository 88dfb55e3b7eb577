"""None of the validation data go through the model in your epoch.

The parameters come out right without it, but nobody learns how the model does on data that it wasn't fitted to
(3.2.4, 3.4.4).

Fails: validation_only_looks, batches_are_counted_through_all_epochs
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
