"""A dataclass, whose constructor is made of its fields."""

import dataclasses


@dataclasses.dataclass(eq=False)
class Trainer:
    max_epochs: int
    num_gpus: int = 0
    gradient_clip_val: float = 0

    def prepare_data(self, data):
        self.train_dataloader = data.train_dataloader()
        self.val_dataloader = data.val_dataloader()
        self.num_train_batches = len(self.train_dataloader)
        self.num_val_batches = len(self.val_dataloader or ())

    def prepare_model(self, model):
        self.model, model.trainer = model, self
        vars(model.board).update(xlim=[0, self.max_epochs])

    def prepare_batch(self, batch):
        return tuple(part for part in batch)

    def fit(self, model, data):
        self.prepare_data(data=data)
        self.prepare_model(model=model)
        self.optim = model.configure_optimizers()
        self.epoch, self.train_batch_idx, self.val_batch_idx = 0, 0, 0
        for epoch in range(self.max_epochs):
            self.epoch = epoch
            self.fit_epoch()
