"""Lists an epoch's batches first; one function for either half."""

import torch


def fit_epoch(trainer):
    def train(batch):
        trainer.optim.zero_grad()
        trainer.model.training_step(batch).backward()
        if trainer.gradient_clip_val > 0:
            trainer.clip_gradients(trainer.gradient_clip_val, trainer.model)
        trainer.optim.step()

    def validate(batch):
        with torch.no_grad():
            trainer.model.validation_step(batch)

    def each(do, loader, counter):
        for batch in list(loader):
            do(trainer.prepare_batch(batch))
            setattr(trainer, counter, getattr(trainer, counter) + 1)

    trainer.model.train()
    each(train, trainer.train_dataloader, "train_batch_idx")
    trainer.model.eval()
    each(validate, trainer.val_dataloader or [], "val_batch_idx")
