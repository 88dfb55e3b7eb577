"""You validate with gradients switched on.

The numbers are right, as long as nobody calls backward. But torch keeps everything that a backward might need:
memory and time for nothing. Put the validation under torch.no_grad() (2.5.3, 3.4.4).

Fails: validation_only_looks
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
        trainer.model.validation_step(trainer.prepare_batch(batch))
        trainer.val_batch_idx += 1
