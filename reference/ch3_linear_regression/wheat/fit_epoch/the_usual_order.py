"""PyTorch's usual order: zero_grad, forward, loss, backward, step; the model called itself; inference_mode."""

import torch


def fit_epoch(trainer):
    model, optim = trainer.model, trainer.optim
    model.train()
    for X, y in trainer.train_dataloader:
        X, y = trainer.prepare_batch((X, y))
        optim.zero_grad(set_to_none=True)
        loss = model.loss(model(X), y)
        loss.backward()
        if trainer.gradient_clip_val > 0:
            trainer.clip_gradients(trainer.gradient_clip_val, model)
        optim.step()
        trainer.train_batch_idx += 1
    if trainer.val_dataloader is not None:
        model.eval()
        with torch.inference_mode():
            for X, y in trainer.val_dataloader:
                X, y = trainer.prepare_batch((X, y))
                model.loss(model(X), y)
                trainer.val_batch_idx += 1
