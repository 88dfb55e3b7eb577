"""What your model sees hasn't gone through prepare_batch.

Often it isn't called, or its result isn't used. For now it returns the batch as it is, so nothing is missing.
On a GPU it is what moves the batch to the model, and without it the first forward fails (3.4.4, 6.7).

Fails: every_batch_is_prepared
"""

import torch


def fit_epoch(trainer):
    trainer.model.train()
    for batch in trainer.train_dataloader:
        loss = trainer.model.training_step(batch)
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
            trainer.model.validation_step(batch)
        trainer.val_batch_idx += 1
