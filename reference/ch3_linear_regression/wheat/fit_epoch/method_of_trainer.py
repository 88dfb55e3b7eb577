"""A method written in the class; the function of that name isn't there. One no_grad around the validation."""

import torch

fit_epoch = None


class Trainer:
    def fit_epoch(self):
        self.model.train()
        for batch in self.train_dataloader:
            batch = self.prepare_batch(batch)
            self.optim.zero_grad()
            loss = self.model.training_step(batch)
            loss.backward()
            if self.gradient_clip_val:
                self.clip_gradients(self.gradient_clip_val, model=self.model)
            self.optim.step()
            self.train_batch_idx = self.train_batch_idx + 1
        if self.val_dataloader is not None:
            self.model.eval()
            with torch.no_grad():
                for batch in self.val_dataloader:
                    self.model.validation_step(self.prepare_batch(batch))
                    self.val_batch_idx = self.val_batch_idx + 1
