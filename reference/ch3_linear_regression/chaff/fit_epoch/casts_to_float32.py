"""After your epoch the model's parameters are float32, whatever dtype they had.

Often the model and its data are cast. That repairs errors about Float and Double, as data from NumPy may raise
them, but precision is the choice of who made the model (3.4.4).

Fails: right_type
"""

import torch


def fit_epoch(trainer):
    trainer.model.float().train()
    for batch in trainer.train_dataloader:
        loss = trainer.model.training_step([t.float() for t in trainer.prepare_batch(batch)])
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
            trainer.model.validation_step([t.float() for t in trainer.prepare_batch(batch)])
        trainer.val_batch_idx += 1
